// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plain list of operations on a buffer. Immutable; {@link #toString} is one line, which {@link
 * #parse} reads back.
 *
 * @param setup how the buffer is set up
 * @param operations what happens, in order
 */
public record Scenario(Setup setup, List<Operation> operations) {

  private static final Pattern COMMA = Pattern.compile(",");

  /**
   * Copies the list.
   *
   * @param setup see above
   * @param operations see above
   */
  public Scenario {
    Objects.requireNonNull(setup, "setup");
    operations = List.copyOf(operations);
  }

  /**
   * A scenario spelled out.
   *
   * @param setup how the buffer is set up
   * @param operations what happens, in order
   * @return the scenario
   */
  public static Scenario of(Setup setup, Operation... operations) {
    return new Scenario(setup, Arrays.asList(operations));
  }

  /**
   * Reads one line.
   *
   * @param line what {@link #toString} wrote
   * @return the scenario
   * @throws IllegalArgumentException if it is none
   */
  public static Scenario parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "'" + line + "' is no scenario: 'eleven words : operations'");
    }
    Setup setup = Setup.parse(line.substring(0, colon));
    String list = line.substring(colon + 1).trim();
    return new Scenario(
        setup,
        list.isEmpty() ? List.of() : COMMA.splitAsStream(list).map(Operation::parse).toList());
  }

  /** The setup's eleven parts, a colon, and the operations, separated by commas. */
  @Override
  public String toString() {
    return setup.inWords()
        + " : "
        + operations.stream().map(Operation::toString).collect(Collectors.joining(", "));
  }

  /**
   * The scenario as an expression that compiles, to be pasted into a regression test.
   *
   * @return Java
   */
  public String toJava() {
    String list =
        operations.stream().map(Operation::toJava).collect(Collectors.joining(",\n    ", "", ""));
    return "Scenario.of(\n    new Setup(%b, %d, %d, %d, FollowUp.%s, %d, %d, %d, %d, %d, Drain.%s)%s)"
        .formatted(
            setup.quiet(),
            setup.minWait(),
            setup.maxWait(),
            setup.maxBatch(),
            setup.followUp(),
            setup.maxAttempts(),
            setup.workers(),
            setup.keys(),
            setup.retention(),
            setup.supersedes(),
            setup.drain(),
            list.isEmpty() ? "" : ",\n    " + list);
  }
}
