// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts the figures of a run between two marks of a page, and draws the picture beside it. */
public final class Report {

  private static final String BEGIN = "<!-- figures: begin -->";
  private static final String END = "<!-- figures: end -->";

  private Report() {}

  /**
   * Writes the page.
   *
   * @param results what was measured
   * @param page Markdown with both marks
   * @param picture of the races, as SVG
   */
  public static void write(Results results, Path page, Path picture) throws IOException {
    Tables tables = new Tables(results);
    StringBuilder figures = new StringBuilder(BEGIN).append("\n\n").append(tables.targets());
    figures.append('\n').append(Tables.biases());
    for (String what : results.measurements()) {
      figures.append('\n').append(tables.measurement(what));
    }
    figures.append('\n').append(END);
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(page + " lacks the marks " + BEGIN + " and " + END);
    }
    Files.writeString(
        page, text.substring(0, begin) + figures + text.substring(end + END.length()));
    Files.writeString(picture, RacePicture.svg(results));
  }
}
