// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import java.util.Arrays;

/** The bytes of a file. Compared by identity: a name can be given to another file. */
final class Content {

  private byte[] bytes = new byte[0];
  private int length;

  /** What lies between the end and the offset becomes zero. */
  void write(int offset, byte[] source, int from, int count) {
    int end = offset + count;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    System.arraycopy(source, from, bytes, offset, count);
    length = Math.max(length, end);
  }

  /** Or lengthen it, with zeros. */
  void shorten(int newLength) {
    bytes = Arrays.copyOf(Arrays.copyOf(bytes, Math.min(length, newLength)), newLength);
    length = newLength;
  }

  Content copy() {
    Content copy = new Content();
    copy.bytes = bytes();
    copy.length = length;
    return copy;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, length);
  }
}
