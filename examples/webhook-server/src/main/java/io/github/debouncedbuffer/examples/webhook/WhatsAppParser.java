// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * WhatsApp's Cloud API posts several entries at once, each with several changes, each with several
 * messages, or with statuses of what we sent, which are nothing to answer.
 */
final class WhatsAppParser implements Parser {

  @Override
  public List<Inbound> parse(JsonNode body) {
    List<Inbound> messages = new ArrayList<>();
    for (JsonNode entry : Json.list(body, "entry")) {
      for (JsonNode change : Json.list(entry, "changes")) {
        JsonNode value = Json.object(change, "value");
        if (value.has("messages")) {
          addTexts(Json.list(value, "messages"), messages);
        }
      }
    }
    return messages;
  }

  private static void addTexts(JsonNode list, List<Inbound> messages) {
    for (JsonNode message : list) {
      if (Json.text(message, "type").equals("text")) {
        messages.add(inbound(message));
      }
    }
  }

  private static Inbound inbound(JsonNode message) {
    return new Inbound(
        "whatsapp",
        Json.name(message, "from"),
        Json.nameOrNull(message, "id"),
        Json.text(Json.object(message, "text"), "body"));
  }
}
