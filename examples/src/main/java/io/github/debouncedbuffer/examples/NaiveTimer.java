// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.spi.BufferClock.Cancellable;
import io.github.debouncedbuffer.testkit.LaneRecorder;
import io.github.debouncedbuffer.testkit.LaneSpan;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The incident's first design: a table of messages, and a dict with one 35 s timer per customer.
 */
final class NaiveTimer implements Bot {

  private record Row(String customer, String text) {}

  private static final Duration WINDOW = Duration.ofSeconds(35);

  private final VirtualClock clock;
  private final SimulatedAi ai;
  private final LaneRecorder lane; // for the picture only
  private final List<Row> table = new ArrayList<>();
  private final Map<String, Cancellable> timers = new HashMap<>(); // a restart loses them

  NaiveTimer(Stage stage) {
    this.clock = stage.clock();
    this.ai = stage.ai();
    this.lane = stage.lane();
  }

  @Override
  public void receive(String customer, String text) {
    table.add(new Row(customer, text)); // T+0: message 1. T+46: message 2 is stored, all right, but
    if (!timers.containsKey(customer)) { // a timer "is running", so none is started for it.
      timers.put(customer, clock.wakeAt(clock.now().plus(WINDOW), () -> fire(customer)));
      lane.span(LaneSpan.Kind.WINDOW, clock.now(), clock.now().plus(WINDOW), "timer");
    }
  }

  private void fire(String customer) {
    List<Row> batch = table.stream().filter(row -> row.customer().equals(customer)).toList();
    table.removeAll(batch); // T+35: takes [1] and deletes it. An error or a crash now loses it.
    // The AI starts. The timer stays in the dict until T+61, when the AI has answered 1 and it
    // removes itself. Nobody looks at 2 until the customer, with half an answer, writes again.
    ai.answer(batch.stream().map(Row::text).toList(), () -> timers.remove(customer));
  }
}
