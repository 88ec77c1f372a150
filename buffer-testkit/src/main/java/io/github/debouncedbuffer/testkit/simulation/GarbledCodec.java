// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Text, but for what {@link #MARK} begins: that can be written, and not be read again. */
final class GarbledCodec implements Codec<String> {

  static final String MARK = "garbled ";

  @Override
  public byte[] encode(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String decode(byte[] bytes) throws IOException {
    String payload = new String(bytes, StandardCharsets.UTF_8);
    if (payload.startsWith(MARK)) {
      throw new IOException("planned");
    }
    return payload;
  }
}
