// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.Results;
import java.util.List;
import java.util.Locale;

/** Bars on a logarithmic scale: end-to-end messages per second of each durable contender. */
final class RacePicture {

  private static final List<String> RACES =
      List.of("durable, 8 producers", "durable, 64 producers");
  private static final int LEFT = 210;
  private static final int DECADE = 110;
  private static final int ROW = 22;
  private static final int LEAST = 100;
  private static final int WIDTH = LEFT + 3 * DECADE + 90;

  private RacePicture() {}

  static String svg(Results results) {
    StringBuilder body = new StringBuilder();
    int y = 24;
    for (String race : RACES) {
      y = race(body, results, race, y);
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <style>text { fill: #333 } .bar { fill: #9aa7b4 } .ours { fill: #1a7f5a } line { stroke: #ccd }
        @media (prefers-color-scheme: dark) { text { fill: #ddd } line { stroke: #445 } }</style>
        %s</svg>
        """
        .formatted(WIDTH, y + 10, body);
  }

  private static int race(StringBuilder body, Results results, String race, int top) {
    text(body, 10, top, race + ": handled messages per second, logarithmic");
    int y = top + 12;
    List<String> contenders = results.contenders(race);
    for (int decade = 0; decade <= 3; decade++) {
      int x = LEFT + decade * DECADE;
      body.append(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
              .formatted(x, y, x, y + contenders.size() * ROW));
    }
    for (String contender : contenders) {
      double value = results.median(race, contender, "end to end/s");
      int length = (int) Math.round(DECADE * Math.log10(Math.max(LEAST, value) / LEAST));
      text(body, 10, y + 15, contender);
      body.append(
          "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\"/>\n"
              .formatted(
                  contender.startsWith("Debounced") ? "ours" : "bar",
                  LEFT,
                  y + 3,
                  Math.max(1, length)));
      text(body, LEFT + length + 6, y + 15, String.format(Locale.ROOT, "%,.0f", value));
      y += ROW;
    }
    return y + 28;
  }

  private static void text(StringBuilder body, int x, int y, String text) {
    body.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, text));
  }
}
