// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.List;

/** What things look like in a terminal. */
final class TextSigns {
  private TextSigns() {}

  static String sign(LaneMark.Kind kind, String text) {
    return switch (kind) {
      case RECEIVED -> "(" + text + ")";
      case LATE -> "<" + text + ">";
      case ANSWERED -> "\u2713" + text;
      case LOST -> "\u2717" + text;
      case DEAD -> "\u2020" + text;
    };
  }

  static String bar(LaneSpan.Kind kind, int width) {
    String fill =
        switch (kind) {
          case WINDOW -> "=";
          case RUN -> "#";
          case FAILED -> "!";
          case BACKING_OFF -> ".";
          case NOTE -> "-";
        };
    if (width < 3) {
      return fill.repeat(width);
    }
    String middle = fill.repeat(width - 2);
    return kind == LaneSpan.Kind.NOTE ? "|" + middle + "|" : "[" + middle + "]";
  }

  static String verdict(LaneTally tally) {
    String sign =
        switch (tally.verdict()) {
          case GOOD -> "\u2713 ";
          case WAITING -> "? ";
          case DEAD -> "\u2020 ";
          case LOST -> "\u2717 ";
        };
    return sign + String.join(", ", tally.facts());
  }

  /** What the bars mean that the page uses. */
  static List<String> barLegend(TimelinePage page) {
    return page.spanKinds().stream()
        .map(kind -> bar(kind, 5) + " " + TimelineWords.meaning(kind))
        .toList();
  }

  /** What the signs mean that the page uses. */
  static List<String> signLegend(TimelinePage page) {
    return page.markKinds().stream()
        .map(kind -> sign(kind, "1") + " " + TimelineWords.meaning(kind))
        .toList();
  }
}
