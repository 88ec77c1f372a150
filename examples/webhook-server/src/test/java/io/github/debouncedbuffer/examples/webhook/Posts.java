// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;

/** What providers post, as their documentation shows it. */
final class Posts {

  private Posts() {}

  static String wati(String waId, String id, String text) {
    return """
        {"id":"%s","created":"2026-01-05T12:34:56.789Z","whatsappMessageId":"wamid.%s",
         "conversationId":"c1","ticketId":"t1","text":"%s","type":"text","data":null,
         "timestamp":"1767616496","owner":false,"eventType":"message","statusString":"SENT",
         "avatarUrl":null,"assignedId":"a1","operatorName":"Bot","waId":"%s","senderName":"Ana"}
        """
        .formatted(id, id, text, waId);
  }

  static String manyChat(String subscriber, String text) {
    return """
        {"key":"user:%s","id":"%s","page_id":"1","user_refs":[],"status":"active",
         "first_name":"Ana","last_name":"Luz","gender":null,"language":"Spanish",
         "subscribed":"2026-01-05T12:34:56-06:00","last_input_text":"%s"}
        """
        .formatted(subscriber, subscriber, text);
  }

  /** One message of many that WhatsApp may post together. */
  static String message(String from, String id, String text) {
    return """
        {"from":"%s","id":"%s","timestamp":"1767616496","type":"text","text":{"body":"%s"}}"""
        .formatted(from, id, text);
  }

  static String status(String id) {
    return """
        {"id":"%s","status":"delivered","timestamp":"1767616497","recipient_id":"50370000009"}"""
        .formatted(id);
  }

  static String messages(String... messages) {
    return change("messages", messages);
  }

  static String change(String field, String... elements) {
    return """
        {"value":{"messaging_product":"whatsapp",
          "metadata":{"display_phone_number":"50370000008","phone_number_id":"1"},
          "contacts":[{"profile":{"name":"Ana"},"wa_id":"50370000001"}],
          "%s":[%s]},"field":"messages"}"""
        .formatted(field, String.join(",", elements));
  }

  /** One entry for each change. */
  static String whatsApp(String... changes) {
    return List.of(changes).stream()
        .map(change -> "{\"id\":\"0\",\"changes\":[" + change + "]}")
        .collect(
            Collectors.joining(",", "{\"object\":\"whatsapp_business_account\",\"entry\":[", "]}"));
  }

  static List<Inbound> parsed(Parser parser, String body) {
    return parser.parse(Json.parse(body.getBytes(UTF_8)));
  }
}
