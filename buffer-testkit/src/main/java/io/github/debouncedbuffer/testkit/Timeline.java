// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A picture of what happened when: lanes below each other with one time axis.
 *
 * <p>It can be drawn as text for a terminal, as SVG and as an HTML page. All three have the same
 * layout: what overlaps in time gets a line of its own, what does not fit inside a bar stands below
 * it, nothing is cut off. Equal timelines give equal output, byte for byte. Immutable and
 * thread-safe.
 *
 * @param title the heading, may be empty
 * @param sentence one sentence below the heading, may be empty
 * @param origin what the axis counts from (T+0), in general the first message's arrival
 * @param lanes the lanes from top to bottom
 */
public record Timeline(String title, String sentence, Instant origin, List<Lane> lanes) {
  /**
   * Copies the list.
   *
   * @param title the heading, may be empty
   * @param sentence one sentence below the heading, may be empty
   * @param origin what the axis counts from (T+0), in general the first message's arrival
   * @param lanes the lanes from top to bottom
   */
  public Timeline {
    requireNonNull(title, "title");
    requireNonNull(sentence, "sentence");
    requireNonNull(origin, "origin");
    lanes = List.copyOf(lanes);
  }

  /**
   * Draws lines for a terminal, UTF-8.
   *
   * @return at most 100 columns wide, every line ended by {@code \n}
   */
  public String toText() {
    return alone().toText();
  }

  /**
   * Draws an SVG file.
   *
   * @return a complete document on a white background, 960 px wide
   */
  public String toSvg() {
    return alone().toSvg();
  }

  /**
   * Draws an HTML page.
   *
   * @return a complete document without script or outside resources
   */
  public String toHtml() {
    return alone().toHtml();
  }

  private TimelinePage alone() {
    return new TimelinePage(title, sentence, List.of(new Timeline("", "", origin, lanes)));
  }
}
