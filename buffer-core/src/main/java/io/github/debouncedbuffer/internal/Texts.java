// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.Limits;
import org.jspecify.annotations.Nullable;

/** What keys and message ids may be. */
final class Texts {

  private Texts() {}

  /**
   * Returns the text if every store keeps it as it is: well-formed (SQLite would store two
   * different lone surrogates as the same {@code ?}), without NUL, 1 to 512 bytes of UTF-8.
   */
  static String checked(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be null or empty");
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException(name + " must not contain NUL (at index " + i + ")");
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            name + " must be well-formed: there is a lone surrogate at index " + i);
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    if (bytes > Limits.KEY_BYTES) {
      throw new IllegalArgumentException(
          name + " has " + bytes + " bytes of UTF-8, the limit is " + Limits.KEY_BYTES);
    }
    return text;
  }
}
