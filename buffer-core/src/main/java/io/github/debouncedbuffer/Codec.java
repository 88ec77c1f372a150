// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * Turns payloads into bytes and back. Must be thread-safe. It is called outside every transaction
 * and lock of the buffer: {@link #encode} on the submitting thread, {@link #decode} before the
 * handler.
 *
 * @param <P> the payload
 */
public interface Codec<P> {

  /**
   * Encodes a payload.
   *
   * @param payload never null
   * @return its bytes, may be empty; nobody may change them afterwards
   * @throws Exception if the payload cannot be encoded: the submit is refused with an {@link
   *     IllegalArgumentException}
   */
  byte[] encode(P payload) throws Exception;

  /**
   * Decodes what {@link #encode} made, perhaps years ago.
   *
   * @param bytes not to be changed
   * @return the payload, never null
   * @throws Exception if the bytes cannot be decoded: this message is dead-lettered with its raw
   *     bytes and the rest of its batch is handed over
   */
  P decode(byte[] bytes) throws Exception;

  /**
   * Text as UTF-8. Text with a lone surrogate is refused, for it would not come back as it was.
   *
   * @return the codec
   */
  static Codec<String> utf8() {
    return Utf8.CODEC;
  }

  /**
   * Bytes as they are. Arrays are copied both ways.
   *
   * @return the codec
   */
  static Codec<byte[]> bytes() {
    return new Codec<>() {
      @Override
      public byte[] encode(byte[] payload) {
        return payload.clone();
      }

      @Override
      public byte[] decode(byte[] bytes) {
        return bytes.clone();
      }
    };
  }
}
