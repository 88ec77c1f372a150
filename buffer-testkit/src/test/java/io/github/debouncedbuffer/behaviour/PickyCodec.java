// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.Codec;
import org.jspecify.annotations.Nullable;

/** Text, of which whatever starts with "broken" can be written, but not read. */
final class PickyCodec implements Codec<String> {

  private @Nullable Error next;

  /** The next message fails to be read for a reason that is not its own. */
  void throwNext(Error error) {
    next = error;
  }

  @Override
  public byte[] encode(String payload) throws Exception {
    return Codec.utf8().encode(payload);
  }

  @Override
  public String decode(byte[] bytes) throws Exception {
    Error thrown = next;
    next = null;
    if (thrown != null) {
      throw thrown;
    }
    String text = Codec.utf8().decode(bytes);
    if (text.startsWith("broken")) {
      throw new IllegalArgumentException("cannot decode");
    }
    return text;
  }
}
