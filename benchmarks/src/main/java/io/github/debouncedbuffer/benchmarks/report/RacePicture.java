// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.Results;
import java.util.List;
import java.util.Locale;

/** Bars on a logarithmic scale: how many messages each durable contender handles, and how late. */
final class RacePicture {

  /**
   * What is drawn of a race.
   *
   * @param least where the scale begins; it has the same number of decades for all
   */
  private record Panel(String unit, String title, double least) {}

  private static final List<String> RACES =
      List.of("durable, 8 producers", "durable, 64 producers");
  private static final List<Panel> PANELS =
      List.of(
          new Panel("end to end/s", "handled messages per second, more is better", 10),
          new Panel("late p99 ms", "lateness in ms, 99th percentile, less is better", 1));
  private static final int LEFT = 210;
  private static final int DECADES = 4;
  private static final int DECADE = 90;
  private static final int ROW = 22;
  private static final int WIDTH = LEFT + DECADES * DECADE + 90;

  private RacePicture() {}

  static String svg(Results results) {
    StringBuilder body = new StringBuilder();
    int y = 24;
    for (Panel panel : PANELS) {
      for (String race : RACES) {
        y = panel(body, results, race, panel, y);
      }
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <style>text { fill: #333 } .bar { fill: #9aa7b4 } .ours { fill: #1a7f5a } line { stroke: #ccd }
        @media (prefers-color-scheme: dark) { text { fill: #ddd } line { stroke: #445 } }</style>
        %s</svg>
        """
        .formatted(WIDTH, y + 10, body);
  }

  /** Those that were measured. Returns where the next panel begins. */
  private static int panel(StringBuilder body, Results results, String race, Panel panel, int top) {
    List<String> contenders =
        results.contenders(race).stream()
            .filter(each -> !results.values(race, each, panel.unit()).isEmpty())
            .toList();
    if (contenders.isEmpty()) {
      return top;
    }
    text(body, 10, top, race + ": " + panel.title() + ", logarithmic");
    int y = top + 12;
    for (int decade = 0; decade <= DECADES; decade++) {
      int x = LEFT + decade * DECADE;
      body.append(
          "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
              .formatted(x, y, x, y + contenders.size() * ROW));
    }
    for (String contender : contenders) {
      bar(body, contender, results.median(race, contender, panel.unit()), panel.least(), y);
      y += ROW;
    }
    return y + 28;
  }

  private static void bar(StringBuilder body, String contender, double value, double least, int y) {
    int length = (int) Math.round(DECADE * Math.log10(Math.max(least, value) / least));
    text(body, 10, y + 15, contender);
    body.append(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\"/>\n"
            .formatted(
                contender.startsWith("Debounced") ? "ours" : "bar",
                LEFT,
                y + 3,
                Math.max(1, length)));
    text(body, LEFT + length + 6, y + 15, String.format(Locale.ROOT, "%,.0f", value));
  }

  private static void text(StringBuilder body, int x, int y, String text) {
    body.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(x, y, text));
  }
}
