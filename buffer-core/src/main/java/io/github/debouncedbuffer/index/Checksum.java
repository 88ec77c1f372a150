// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Finds out that a message is not what was stored. A database need not notice a flipped bit in a
 * payload, and none does that a payload stands in another message's row; so key and sequence are
 * covered too.
 */
public final class Checksum {

  private Checksum() {}

  /**
   * The CRC-32C of all three.
   *
   * @param key the message's key
   * @param sequence its sequence
   * @param payload its payload
   * @return 32 bits
   */
  public static long of(String key, long sequence, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(key.getBytes(UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
    crc.update(payload);
    return crc.getValue();
  }
}
