// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import io.github.debouncedbuffer.examples.webhook.Inbound;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The phones on the page: one customer on each of three channels, and what its provider posts. */
enum Phone {
  WATI("WATI", "wati", "50370000001", "/wati", true) {
    @Override
    Map<String, String> post(String id, String text) {
      return Map.of(
          "eventType", "message", "type", "text", "id", id, "waId", customer(), "text", text);
    }
  },
  FACEBOOK("ManyChat Facebook", "facebook", "50370000002", "/manychat/facebook", false) {
    @Override
    Map<String, String> post(String id, String text) {
      return manyChat(this, text);
    }
  },
  INSTAGRAM("ManyChat Instagram", "instagram", "50370000003", "/manychat/instagram", false) {
    @Override
    Map<String, String> post(String id, String text) {
      return manyChat(this, text);
    }
  };

  private final String title;
  private final String channel;
  private final String customer;
  private final String webhook;
  private final boolean givesIds;

  Phone(String title, String channel, String customer, String webhook, boolean givesIds) {
    this.title = title;
    this.channel = channel;
    this.customer = customer;
    this.webhook = webhook;
    this.givesIds = givesIds;
  }

  /** What the provider posts to the webhook, as JSON. */
  abstract Map<String, String> post(String id, String text);

  /** It has no place for an id. */
  private static Map<String, String> manyChat(Phone phone, String text) {
    return Map.of("id", phone.customer, "last_input_text", text);
  }

  String key() {
    return new Inbound(channel, customer, null, "").key();
  }

  String title() {
    return title;
  }

  String customer() {
    return customer;
  }

  String webhook() {
    return webhook;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Phone::key).toList();
  }

  /** What the page has to know to draw them. */
  static List<Map<String, Object>> all() {
    return Arrays.stream(values()).map(Phone::json).toList();
  }

  private Map<String, Object> json() {
    return Map.of(
        "phone", name(), "key", key(), "title", title, "customer", customer, "givesIds", givesIds);
  }
}
