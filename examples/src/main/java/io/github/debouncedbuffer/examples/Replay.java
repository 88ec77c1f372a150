// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneMark;
import io.github.debouncedbuffer.testkit.LaneRecorder;
import io.github.debouncedbuffer.testkit.Timeline;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plays one incident through every design. */
final class Replay {

  private Replay() {}

  /**
   * Plays it.
   *
   * @param directory where the library's databases go
   */
  static List<Outcome> of(Incident incident, Path directory) {
    List<Outcome> outcomes = new ArrayList<>();
    outcomes.add(naive(Stage.of(incident, "Naive timer", "as in the incident"), NaiveTimer::new));
    outcomes.add(naive(Stage.of(incident, "First fix", "as in the incident"), FirstFix::new));
    for (FollowUp timing : FollowUp.values()) {
      Stage stage = Stage.of(incident, "DebouncedBuffer", timing.name());
      outcomes.add(library(stage, timing, directory.resolve(incident + "-" + timing + ".db")));
    }
    return outcomes;
  }

  private static Outcome naive(Stage stage, Function<Stage, Bot> design) {
    stage.playAndDraw(design.apply(stage));
    return Outcome.of(stage, Optional.empty(), List.of());
  }

  /** The real engine over the real store; only the clock and its executor are virtual. */
  private static Outcome library(Stage stage, FollowUp timing, Path file) {
    List<Instant> startedAt = new ArrayList<>();
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(SqliteBufferStore.open(file))
            .window(WindowPolicy.fixed(Incident.WINDOW).followUp(timing))
            .asyncHandler(
                batch -> {
                  startedAt.add(batch.startedAt());
                  return stage.ai().answer(batch.payloads());
                })
            .listener(new TimelineListener(key -> stage.lane()))
            .clock(stage.clock())
            .executor(stage.clock().executor())
            .commitExecutor(stage.clock().executor())
            .start()) {
      stage.play(buffer::submit);
    }
    return Outcome.of(stage, Optional.of(timing), startedAt);
  }

  static Timeline timeline(Incident incident, List<Outcome> outcomes) {
    List<Lane> lanes = new ArrayList<>();
    LaneRecorder customer = Lane.named("Customer", "");
    int number = 0;
    for (Incident.Sent sent : incident.messages()) {
      String label = Integer.toString(++number);
      customer.mark(LaneMark.Kind.RECEIVED, sent.at(), label, sent.text());
    }
    lanes.add(customer.lane());
    outcomes.forEach(outcome -> lanes.add(outcome.lane()));
    return new Timeline(incident.title(), incident.sentence(), Incident.START, lanes);
  }
}
