// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Finds the customers' messages in what a provider posts. Pure, thread-safe. */
@FunctionalInterface
interface Parser {

  /**
   * Reads one post.
   *
   * @param body of it
   * @return the texts that customers wrote, in order; none if it tells of something else
   * @throws RefusedException if the body does not have the shape that the provider documents
   */
  List<Inbound> parse(JsonNode body);
}
