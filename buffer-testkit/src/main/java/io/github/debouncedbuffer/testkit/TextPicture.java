// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.List;

/** Draws a page as text. */
final class TextPicture {
  static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  private TextPicture() {}

  static String of(TimelinePage page) {
    TextPicture picture = new TextPicture();
    picture.paragraph(page.title());
    picture.paragraph(page.sentence());
    picture.startBlock();
    picture.legend(TextSigns.barLegend(page));
    picture.legend(TextSigns.signLegend(page));
    for (Timeline timeline : page.timelines()) {
      picture.section(timeline);
    }
    return picture.out.toString().stripTrailing() + "\n";
  }

  private void section(Timeline timeline) {
    startBlock();
    List<String> title = lines(timeline.title());
    title.forEach(line -> out.append(line).append('\n'));
    if (!title.isEmpty()) {
      int width = title.stream().mapToInt(TextColumns::of).max().orElseThrow();
      out.append("-".repeat(width)).append('\n');
    }
    lines(timeline.sentence()).forEach(line -> out.append(line).append('\n'));
    startBlock();
    TextLanes.draw(timeline, WIDTH).appendTo(out);
  }

  private void paragraph(String text) {
    List<String> lines = lines(text);
    if (!lines.isEmpty()) {
      startBlock();
      lines.forEach(line -> out.append(line).append('\n'));
    }
  }

  private void legend(List<String> entries) {
    String line = "";
    for (String entry : entries) {
      String longer = line.isEmpty() ? entry : line + "   " + entry;
      if (TextColumns.of(longer) > WIDTH) {
        out.append(line).append('\n');
        longer = entry;
      }
      line = longer;
    }
    if (!line.isEmpty()) {
      out.append(line).append('\n');
    }
  }

  /** One empty line between blocks. */
  private void startBlock() {
    int end = out.length();
    if (end > 1 && (out.charAt(end - 1) != '\n' || out.charAt(end - 2) != '\n')) {
      out.append('\n');
    }
  }

  private static List<String> lines(String text) {
    return TextWrap.lines(TextSafe.visible(text), WIDTH, TextColumns::of);
  }
}
