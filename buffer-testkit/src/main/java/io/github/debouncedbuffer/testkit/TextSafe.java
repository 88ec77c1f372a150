// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Text from outside made fit to be shown: what has no picture of its own appears as an escape. */
final class TextSafe {
  private TextSafe() {}

  /**
   * Line breaks and tabs become spaces. Other control characters, invisible and direction-changing
   * ones and lone surrogates, none of which a terminal or XML can be trusted with, become {@code
   * \}{@code u0007} and the like.
   */
  static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (point == '\n' || point == '\t' || point == '\r') {
                out.append(' ');
              } else if (hasPicture(point)) {
                out.appendCodePoint(point);
              } else {
                escape(out, point);
              }
            });
    return out.toString();
  }

  /** The same, for XML text and attributes. */
  static String xml(String text) {
    return visible(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static boolean hasPicture(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> (point & 0xFFFE) != 0xFFFE; // Unicode's non-characters; XML forbids two of them.
    };
  }

  private static void escape(StringBuilder out, int point) {
    for (char unit : Character.toChars(point)) {
      out.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        out.append(Character.forDigit(unit >> shift & 0xF, 16));
      }
    }
  }
}
