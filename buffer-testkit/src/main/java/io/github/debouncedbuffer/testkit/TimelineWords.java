// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The words of the legend, and those for readers who cannot see the picture. */
final class TimelineWords {
  private TimelineWords() {}

  static String meaning(LaneSpan.Kind kind) {
    return switch (kind) {
      case WINDOW -> "waits for more messages";
      case RUN -> "handler works on a batch";
      case FAILED -> "handler failed";
      case BACKING_OFF -> "waits for the next attempt";
      case NOTE -> "remark";
    };
  }

  static String meaning(LaneMark.Kind kind) {
    return switch (kind) {
      case RECEIVED -> "message arrives";
      case LATE -> "arrives late: a batch is being handled";
      case ANSWERED -> "answered";
      case LOST -> "never answered";
      case DEAD -> "kept as a dead letter";
    };
  }

  /** One line for the page as a whole. */
  static String heading(TimelinePage page) {
    return Stream.concat(
            Stream.of(page.title()), page.timelines().stream().map(timeline -> timeline.title()))
        .filter(title -> !title.isBlank())
        .findFirst()
        .orElse("Timeline");
  }

  /** What the picture shows, in sentences. */
  static String description(TimelinePage page) {
    List<String> sentences = new ArrayList<>(List.of(page.sentence()));
    for (Timeline timeline : page.timelines()) {
      sentences.add(timeline.title().isBlank() ? "" : timeline.title() + ".");
      sentences.add(timeline.sentence());
      for (Lane lane : timeline.lanes()) {
        if (lane.tally() != null) {
          String name = (lane.name() + " " + lane.subtitle()).strip();
          sentences.add(name + ": " + String.join(", ", lane.tally().facts()) + ".");
        }
      }
    }
    sentences.removeIf(String::isBlank);
    return String.join(" ", sentences);
  }
}
