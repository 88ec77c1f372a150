// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON strictly: what is missing or of the wrong type is refused, never guessed. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException notJson) {
      throw RefusedException.malformed("the body is not JSON");
    }
  }

  static String text(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isTextual()) {
      throw RefusedException.malformed(field + " is missing or not text");
    }
    return node.textValue();
  }

  /** Who or which: providers write it as text, templates of their users also as a number. */
  static String name(JsonNode parent, String field) {
    @Nullable String name = nameOrNull(parent, field);
    if (name == null) {
      throw RefusedException.malformed(field + " is missing");
    }
    return name;
  }

  /** Null if it is missing, null or empty. */
  static @Nullable String nameOrNull(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual() && !node.isIntegralNumber()) {
      throw RefusedException.malformed(field + " is neither text nor a whole number");
    }
    return node.asText().isEmpty() ? null : node.asText();
  }

  static JsonNode object(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isObject()) {
      throw RefusedException.malformed(field + " is missing or not an object");
    }
    return node;
  }

  static JsonNode list(JsonNode parent, String field) {
    JsonNode node = parent.path(field);
    if (!node.isArray()) {
      throw RefusedException.malformed(field + " is missing or not a list");
    }
    return node;
  }
}
