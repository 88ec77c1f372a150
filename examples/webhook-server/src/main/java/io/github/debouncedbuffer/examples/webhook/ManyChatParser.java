// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * ManyChat's External Request with the full contact data: who wrote is {@code id}, what was written
 * {@code last_input_text}. Messages have no id: what it delivers twice is stored twice.
 */
final class ManyChatParser implements Parser {

  private static final String TEXT = "last_input_text";

  private final String channel;

  ManyChatParser(String channel) {
    this.channel = channel;
  }

  /** Without a text it was a button, a picture or the like. */
  @Override
  public List<Inbound> parse(JsonNode body) {
    String customer = Json.name(body, body.has("subscriber_id") ? "subscriber_id" : "id");
    return body.path(TEXT).isNull()
        ? List.of()
        : List.of(new Inbound(channel, customer, null, Json.text(body, TEXT)));
  }
}
