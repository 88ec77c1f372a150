// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How WhatsApp signs a body: {@code sha256=} and the HMAC of its bytes with the app's secret, in
 * small hexadecimal digits. Thread-safe.
 */
final class Signature implements Gate {

  static final String HEADER = "X-Hub-Signature-256";
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  Signature(String appSecret) {
    secret = new SecretKeySpec(appSecret.getBytes(UTF_8), ALGORITHM);
  }

  /** Takes the same time wherever a wrong signature differs. */
  @Override
  public boolean admits(@Nullable String signature, byte[] body) {
    return signature != null
        && MessageDigest.isEqual(of(body).getBytes(UTF_8), signature.getBytes(UTF_8));
  }

  String of(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
