// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The words of server-sent events. */
final class Sse {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How soon a browser tries again when it has lost the server. */
  static final String RETRY = "retry: 300\n\n";

  /** A line that says nothing but that the line is open: a client that is gone shows by it. */
  static final String STILL_HERE = ": still here\n\n";

  private Sse() {}

  /** One event; JSON has no line breaks outside its strings, and escapes those within. */
  static String event(String name, Object data) {
    try {
      return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("maps, records, words and numbers are JSON", impossible);
    }
  }
}
