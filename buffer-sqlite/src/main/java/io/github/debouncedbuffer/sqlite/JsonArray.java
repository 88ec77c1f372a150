// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.util.Collection;

/** Texts as one parameter, for SQLite's {@code json_each}. */
final class JsonArray {

  private JsonArray() {}

  static String of(Collection<String> texts) {
    StringBuilder array = new StringBuilder(24 * texts.size()).append('[');
    for (String text : texts) {
      if (array.length() > 1) {
        array.append(',');
      }
      array.append('"');
      for (int i = 0; i < text.length(); i++) {
        append(array, text.charAt(i));
      }
      array.append('"');
    }
    return array.append(']').toString();
  }

  /** What JSON wants escaped; all else stands for itself. */
  private static void append(StringBuilder array, char c) {
    if (c == '"' || c == '\\') {
      array.append('\\').append(c);
    } else if (c < ' ') {
      array
          .append("\\u00")
          .append(Character.forDigit(c >> 4, 16))
          .append(Character.forDigit(c & 15, 16));
    } else {
      array.append(c);
    }
  }
}
