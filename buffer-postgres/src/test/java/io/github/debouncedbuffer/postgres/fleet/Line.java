// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import java.util.Arrays;
import java.util.List;

/**
 * A line of a node's journal: what happened when. All nodes are on one machine, so that their
 * {@link System#nanoTime} is the same clock.
 *
 * @param nanos when, just before it was written
 * @param node whose journal it is in
 * @param kind what happened
 * @param key whose messages it is about
 * @param batch the batch's id, or the message's for {@link Kind#ACCEPTED}
 * @param attempt of the batch; 0 if it is about no batch
 * @param messages the sequences of the batch's messages, or of the one that was accepted
 */
record Line(
    long nanos,
    String node,
    Kind kind,
    String key,
    String batch,
    int attempt,
    List<Long> messages) {

  enum Kind {
    /** A receipt has come. */
    ACCEPTED,
    /** The handler was called. */
    BEGUN,
    /** The handler is about to ask whether its batch is current. */
    ASKS,
    /** It is. */
    CURRENT,
    /** It is not: another node has taken it over. */
    STALE,
    /** The handler returns normally next. */
    RETURNS,
    /** The handler throws next. */
    THROWS
  }

  String inWords() {
    List<String> sequences = messages.stream().map(String::valueOf).toList();
    return String.join(
        "|",
        Long.toString(nanos),
        node,
        kind.name(),
        key,
        batch,
        Integer.toString(attempt),
        String.join(",", sequences));
  }

  static Line parse(String words) {
    String[] part = words.split("\\|", -1);
    List<Long> messages =
        part[6].isEmpty()
            ? List.of()
            : Arrays.stream(part[6].split(",")).map(Long::valueOf).toList();
    return new Line(
        Long.parseLong(part[0]),
        part[1],
        Kind.valueOf(part[2]),
        part[3],
        part[4],
        Integer.parseInt(part[5]),
        messages);
  }
}
