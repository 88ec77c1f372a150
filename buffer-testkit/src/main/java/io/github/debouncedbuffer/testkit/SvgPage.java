// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Wraps the picture in an HTML page, with the text picture for those who cannot see it. */
final class SvgPage {
  private static final String CSS =
      """
      body { margin: 12px auto; max-width: 960px; padding: 0 8px; background: #fff; color: #1f2328;
        font: 14px/1.5 %s; }
      h1 { font-size: 24px; line-height: 1.25; margin: 20px 16px 6px; }
      p { font-size: 15px; margin: 6px 16px; color: #424a53; }
      svg { display: block; width: 100%%; height: auto; }
      details { margin: 12px 16px; }
      summary { cursor: pointer; }
      pre { font: 12px/1.35 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace;
        overflow-x: auto; }
      """
          .formatted(SvgFont.FAMILY);

  private SvgPage() {}

  static String of(TimelinePage page) {
    TimelinePage sections = new TimelinePage("", "", page.timelines());
    SvgWriter html = new SvgWriter();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.leaf("meta", "charset", "utf-8");
    html.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.content("title", TimelineWords.heading(page));
    html.open("style").raw(CSS).close("style").close("head").open("body").open("main");
    if (!page.title().isBlank()) {
      html.content("h1", page.title());
    }
    if (!page.sentence().isBlank()) {
      html.content("p", page.sentence());
    }
    html.raw(SvgPicture.of(sections, page));
    html.open("details").content("summary", "The same as text");
    html.raw("<pre>\n");
    TextPicture.of(sections).lines().forEach(line -> html.raw(TextSafe.xml(line)).raw("\n"));
    html.raw("</pre>\n").close("details").close("main").close("body");
    return html.close("html").toString();
  }
}
