// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Several {@link Timeline}s below each other, each with its own heading, sentence and time axis,
 * and one legend for all. Immutable and thread-safe.
 *
 * @param title heading of the whole, may be empty
 * @param sentence what the whole is about, may be empty
 * @param timelines the pictures from top to bottom
 */
public record TimelinePage(String title, String sentence, List<Timeline> timelines) {
  /**
   * Copies the list.
   *
   * @param title heading of the whole, may be empty
   * @param sentence what the whole is about, may be empty
   * @param timelines the pictures from top to bottom
   */
  public TimelinePage {
    requireNonNull(title, "title");
    requireNonNull(sentence, "sentence");
    timelines = List.copyOf(timelines);
  }

  /**
   * Draws lines for a terminal, UTF-8.
   *
   * @return at most 100 columns wide, every line ended by {@code \n}
   */
  public String toText() {
    return TextPicture.of(this);
  }

  /**
   * Draws an SVG file.
   *
   * @return a complete document on a white background, 960 px wide, so that it can be read on dark
   *     pages too
   */
  public String toSvg() {
    return SvgPicture.of(this);
  }

  /**
   * Draws an HTML page: the SVG, and the text picture for those who cannot see it.
   *
   * @return a complete document without script or outside resources
   */
  public String toHtml() {
    return SvgPage.of(this);
  }

  /** The kinds of spans that occur, for the legend. */
  Set<LaneSpan.Kind> spanKinds() {
    return timelines.stream()
        .flatMap(timeline -> timeline.lanes().stream())
        .flatMap(lane -> lane.spans().stream())
        .map(LaneSpan::kind)
        .filter(kind -> kind != LaneSpan.Kind.NOTE) // A remark says itself what it is.
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The kinds of marks that occur, for the legend. */
  Set<LaneMark.Kind> markKinds() {
    return timelines.stream()
        .flatMap(timeline -> timeline.lanes().stream())
        .flatMap(lane -> lane.marks().stream())
        .map(LaneMark::kind)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
