// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

/** Numbers as one parameter, for SQLite's {@code json_each}. */
final class JsonArray {

  private JsonArray() {}

  static String of(long[] numbers) {
    StringBuilder array = new StringBuilder(2 + 8 * numbers.length).append('[');
    for (int i = 0; i < numbers.length; i++) {
      if (i > 0) {
        array.append(',');
      }
      array.append(numbers[i]);
    }
    return array.append(']').toString();
  }
}
