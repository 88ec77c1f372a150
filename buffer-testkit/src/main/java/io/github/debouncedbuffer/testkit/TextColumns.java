// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** How many columns of a terminal a text takes. */
final class TextColumns {
  private TextColumns() {}

  static int of(String text) {
    return text.codePoints().map(TextColumns::of).sum();
  }

  /** 0 for an accent on the character before it, 2 for East Asian characters and emoji, else 1. */
  static int of(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        isIn(point, 0x1100, 0x115F)
            || isIn(point, 0x2E80, 0xA4CF)
            || isIn(point, 0xAC00, 0xD7A3)
            || isIn(point, 0xF900, 0xFAFF)
            || isIn(point, 0xFE30, 0xFE6F)
            || isIn(point, 0xFF00, 0xFF60)
            || isIn(point, 0xFFE0, 0xFFE6)
            || isIn(point, 0x1F000, 0x1FAFF)
            || isIn(point, 0x20000, 0x3FFFD)
            || isEmojiBelow(point);
    return wide ? 2 : 1;
  }

  /** The old symbols that terminals show as emoji: hourglass, check mark button and their like. */
  private static boolean isEmojiBelow(int point) {
    return "\u231A\u231B\u23E9\u23EA\u23EB\u23EC\u23F0\u23F3\u2705\u274C\u2757\u2B50\u26A1\u2728"
            .indexOf(point)
        >= 0;
  }

  private static boolean isIn(int point, int from, int to) {
    return from <= point && point <= to;
  }
}
