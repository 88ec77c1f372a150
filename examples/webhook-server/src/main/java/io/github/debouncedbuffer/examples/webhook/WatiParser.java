// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * WATI posts each event of a conversation by itself. A customer's text is an event {@code message}
 * of type {@code text} that is not the {@code owner}'s.
 */
final class WatiParser implements Parser {

  @Override
  public List<Inbound> parse(JsonNode body) {
    boolean isMessage = Json.text(body, "eventType").equals("message");
    if (!isMessage || body.path("owner").asBoolean() || !Json.text(body, "type").equals("text")) {
      return List.of();
    }
    return List.of(
        new Inbound(
            "wati", Json.name(body, "waId"), Json.nameOrNull(body, "id"), Json.text(body, "text")));
  }
}
