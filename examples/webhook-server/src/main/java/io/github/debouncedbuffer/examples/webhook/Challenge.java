// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WhatsApp's question when a webhook is registered: whoever knows the verify token returns the
 * challenge.
 */
final class Challenge implements Endpoint.Method {

  private final byte[] verifyToken;

  Challenge(String verifyToken) {
    this.verifyToken = verifyToken.getBytes(UTF_8);
  }

  @Override
  public Reply to(HttpExchange exchange) {
    Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
    byte[] token = asked.getOrDefault("hub.verify_token", "").getBytes(UTF_8);
    @Nullable String challenge = asked.get("hub.challenge");
    if (!MessageDigest.isEqual(verifyToken, token)
        || !"subscribe".equals(asked.get("hub.mode"))
        || challenge == null) {
      throw new RefusedException(403, "not the verify token, or not a question with a challenge");
    }
    return Reply.ok(challenge);
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part, UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw RefusedException.malformed("the query is not URL-encoded");
    }
  }
}
