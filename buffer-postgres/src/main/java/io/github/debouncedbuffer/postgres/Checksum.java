// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Finds out that a message is not what was stored. A server without page checksums does not notice
 * a flipped bit, and none does that a payload stands in another message's row; so key and sequence
 * are covered too.
 */
final class Checksum {

  private Checksum() {}

  static long of(String key, long sequence, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(key.getBytes(UTF_8));
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
    crc.update(payload);
    return crc.getValue();
  }
}
