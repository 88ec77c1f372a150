// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.Codec;

/** Text in which a payload can be told from everything else that a log may hold. */
final class MarkedCodec implements Codec<String> {

  static final String MARK = "payload-of-a-test:";

  private final Codec<String> text = Codec.utf8();

  @Override
  public byte[] encode(String payload) throws Exception {
    return text.encode(MARK + payload);
  }

  @Override
  public String decode(byte[] bytes) throws Exception {
    String marked = text.decode(bytes);
    if (!marked.startsWith(MARK)) {
      throw new IllegalArgumentException("not a payload of a test");
    }
    return marked.substring(MARK.length());
  }
}
