// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.testkit.simulation.Setup;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plain list of operations on several nodes. Immutable; {@link #toString} is one line, which
 * {@link #parse} reads back.
 *
 * @param lease how many seconds a claim holds, at least 1
 * @param ahead for each node, by how many seconds its clock is ahead of the store's; negative if it
 *     is behind
 * @param setup how the buffer of each node is set up. Its retention, its supersedes and whether it
 *     crashes in the drain have no part here
 * @param operations what happens, in order
 */
public record NodesScenario(
    int lease, List<Integer> ahead, Setup setup, List<NodesOperation> operations) {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern SLASH = Pattern.compile("/");

  /**
   * Copies the lists.
   *
   * @param lease see above
   * @param ahead see above
   * @param setup see above
   * @param operations see above
   * @throws IllegalArgumentException if the lease is too short or there is no node
   */
  public NodesScenario {
    Objects.requireNonNull(setup, "setup");
    ahead = List.copyOf(ahead);
    operations = List.copyOf(operations);
    if (lease < 1 || ahead.isEmpty()) {
      throw new IllegalArgumentException(
          "lease " + lease + " and nodes " + ahead.size() + " must both be at least 1");
    }
  }

  /**
   * Reads one line.
   *
   * @param line what {@link #toString} wrote
   * @return the scenario
   * @throws IllegalArgumentException if it is none
   */
  public static NodesScenario parse(String line) {
    int colon = line.indexOf(':');
    String[] head = SPACES.split(line.substring(0, Math.max(0, colon)).trim(), 3);
    if (head.length != 3) {
      throw new IllegalArgumentException(
          "'" + line + "' is no scenario: 'lease clocks setup : operations'");
    }
    String list = line.substring(colon + 1).trim();
    return new NodesScenario(
        Integer.parseInt(head[0]),
        SLASH.splitAsStream(head[1]).map(Integer::valueOf).toList(),
        Setup.parse(head[2]),
        list.isEmpty() ? List.of() : COMMA.splitAsStream(list).map(NodesOperation::parse).toList());
  }

  /** The lease, the clocks, the setup's parts, a colon, and the operations. */
  @Override
  public String toString() {
    return "%d %s %s : %s"
        .formatted(
            lease,
            ahead.stream().map(String::valueOf).collect(Collectors.joining("/")),
            setup.inWords(),
            operations.stream().map(NodesOperation::toString).collect(Collectors.joining(", ")));
  }

  /**
   * The same with other operations.
   *
   * @param others what happens instead
   * @return the changed scenario
   */
  NodesScenario operations(List<NodesOperation> others) {
    return new NodesScenario(lease, ahead, setup, others);
  }
}
