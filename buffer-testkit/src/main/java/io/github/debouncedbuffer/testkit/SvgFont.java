// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Widths of characters in Arial, Helvetica and what is made to fit them, in px. */
final class SvgFont {
  static final String FAMILY = "Arial, Helvetica, 'Liberation Sans', sans-serif";

  private SvgFont() {}

  static int width(String text, int size) {
    return (text.codePoints().map(SvgFont::perMille).sum() * size + 999) / 1000;
  }

  /** Bold is wider by up to a tenth. */
  static int boldWidth(String text, int size) {
    return width(text, size) * 11 / 10;
  }

  private static int perMille(int point) {
    if (point < 0x7F) {
      return perMille((char) point);
    }
    return switch (TextColumns.of(point)) {
      case 0 -> 0;
      case 1 -> Character.isUpperCase(point) || point > 0x2100 ? 800 : 600;
      default -> 1050;
    };
  }

  private static int perMille(char c) {
    return switch (c) {
      case 'i', 'j', 'l', '\'' -> 222;
      case ' ', '!', ',', '.', '/', ':', ';', 'I', '[', '\\', ']', 'f', 't', '|' -> 278;
      case '(', ')', '-', '`', 'r', '{', '}', '"', '*' -> 389;
      case '^', 'J', 'c', 'k', 's', 'v', 'x', 'y', 'z' -> 500;
      case '<', '=', '>', '+', '~' -> 584;
      case 'F', 'T', 'Z' -> 611;
      case '&', 'A', 'B', 'E', 'K', 'P', 'S', 'V', 'X', 'Y' -> 667;
      case 'C', 'D', 'H', 'N', 'R', 'U', 'w' -> 722;
      case 'G', 'O', 'Q' -> 778;
      case 'M', 'm' -> 833;
      case '%' -> 889;
      case 'W' -> 944;
      case '@' -> 1015;
      default -> 556;
    };
  }
}
