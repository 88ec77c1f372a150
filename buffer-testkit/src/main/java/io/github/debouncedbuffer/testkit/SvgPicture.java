// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.List;

/** Draws a page as one SVG: heading, legend, then a section with axis and lanes per timeline. */
final class SvgPicture {
  static final int WIDTH = 960;
  static final int EDGE = 16;

  private final SvgWriter svg = new SvgWriter();
  private int y = EDGE / 2;

  private SvgPicture() {}

  static String of(TimelinePage page) {
    return of(page, page);
  }

  /** Draws {@code page}, and describes {@code whole} to those who cannot see it. */
  static String of(TimelinePage page, TimelinePage whole) {
    SvgPicture picture = new SvgPicture();
    picture.paragraph("title", page.title(), 21, 28);
    picture.paragraph("sentence", page.sentence(), 14, 20);
    picture.y = SvgLegend.draw(picture.svg, page, picture.y + 4);
    for (Timeline timeline : page.timelines()) {
      picture.y += 18;
      picture.paragraph("heading", timeline.title(), 17, 24);
      picture.paragraph("sentence", timeline.sentence(), 14, 20);
      picture.y = SvgLanes.draw(picture.svg, timeline, picture.y + 4);
    }
    return framed(whole, picture.svg, picture.y + EDGE);
  }

  private static String framed(TimelinePage page, SvgWriter body, int height) {
    return new SvgWriter()
        .open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "class",
            "dbt",
            "role",
            "img",
            "aria-labelledby",
            "dbt-title dbt-desc",
            "viewBox",
            "0 0 " + WIDTH + " " + height,
            "width",
            WIDTH,
            "height",
            height)
        .content("title", TimelineWords.heading(page), "id", "dbt-title")
        .content("desc", TimelineWords.description(page), "id", "dbt-desc")
        .open("style")
        .raw(SvgStyle.CSS)
        .close("style")
        .leaf("rect", "width", WIDTH, "height", height, "fill", "#fff")
        .raw(body.toString())
        .close("svg")
        .toString();
  }

  private void paragraph(String style, String text, int size, int lineHeight) {
    List<String> lines =
        TextWrap.lines(
            TextSafe.visible(text), WIDTH - 2 * EDGE, line -> SvgFont.boldWidth(line, size));
    for (String line : lines) {
      y += lineHeight;
      svg.text(style, EDGE, y - lineHeight / 4, line);
    }
  }
}
