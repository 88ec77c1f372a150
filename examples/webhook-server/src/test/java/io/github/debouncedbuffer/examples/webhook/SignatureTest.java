// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final byte[] FOX = "The quick brown fox jumps over the lazy dog".getBytes(UTF_8);

  /** What everybody's HMAC-SHA256 of that sentence with the secret "key" is. */
  private static final String KNOWN =
      "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";

  private final Signature signature = new Signature("key");

  @Test
  void theKnownSignature_isAdmitted() {
    assertThat(signature.admits(KNOWN, FOX)).isTrue();
  }

  @Test
  void anyOther_isNot() {
    assertThat(signature.admits(null, FOX)).isFalse();
    assertThat(signature.admits("", FOX)).isFalse();
    assertThat(signature.admits("sha256=", FOX)).isFalse();
    assertThat(signature.admits(KNOWN.substring("sha256=".length()), FOX)).isFalse();
    assertThat(signature.admits(KNOWN.replace("cd8", "cd9"), FOX)).isFalse();
    assertThat(signature.admits(KNOWN, new byte[0])).isFalse();
    assertThat(new Signature("Key").admits(KNOWN, FOX)).isFalse();
  }
}
