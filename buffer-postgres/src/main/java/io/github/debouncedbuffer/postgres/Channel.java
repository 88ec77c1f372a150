// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.index.Nanos;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the nodes of a store tell each other of due times: a name for {@code LISTEN} and {@code
 * NOTIFY}, which is the same for all of them, and what is said there.
 *
 * @param name 53 characters, which an identifier may have
 * @param node who tells, so that he need not listen to himself
 */
record Channel(String name, UUID node) {

  private static final String TELL = "SELECT pg_notify(?, ?)";

  static Channel of(PostgresOptions options, String storeId, Node node) {
    String whole = options.schema() + "/" + storeId;
    UUID short_ = UUID.nameUUIDFromBytes(whole.getBytes(UTF_8));
    return new Channel("debounced_buffer_" + short_, node.table().node());
  }

  String listen() {
    return "LISTEN \"" + name + '"';
  }

  /** It is told with the commit, and not at all without. */
  void tell(Statements statements, Instant dueAt) {
    statements.later(TELL, p -> p.text(name).text(node + " " + Nanos.of(dueAt)));
  }

  /** What another node has said. Empty for this one's own words, and for what no node says. */
  Optional<Instant> heard(String said) {
    String[] words = said.split(" ", 2);
    if (words.length != 2 || words[0].equals(node.toString())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Nanos.toInstant(Long.parseLong(words[1])));
    } catch (IllegalArgumentException notOfANode) {
      return Optional.empty();
    }
  }
}
