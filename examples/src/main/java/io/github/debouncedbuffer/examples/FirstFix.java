// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.testkit.LaneRecorder;
import io.github.debouncedbuffer.testkit.LaneSpan;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The incident's first fix: it looks for messages when a run ends, and selects them by time. */
final class FirstFix implements Bot {

  private record Row(String customer, String text, Instant arrivedAt) {}

  private static final class Timer {
    boolean running = true;
  }

  private static final Duration WINDOW = Duration.ofSeconds(35);
  private static final Duration LOOK_BACK = Duration.ofSeconds(40);

  private final VirtualClock clock;
  private final SimulatedAi ai;
  private final LaneRecorder lane; // for the picture only
  private final List<Row> table = new ArrayList<>();
  private final Map<String, Timer> timers = new HashMap<>();

  FirstFix(Stage stage) {
    this.clock = stage.clock();
    this.ai = stage.ai();
    this.lane = stage.lane();
  }

  @Override
  public void receive(String customer, String text) {
    table.add(new Row(customer, text, clock.now())); // T+0: message 1. T+42: message 2.
    if (!isRunning(customer)) { // T+42: the flag is set, so no timer is started for 2.
      start(customer);
    }
  }

  private boolean isRunning(String customer) {
    Timer timer = timers.get(customer);
    return timer != null && timer.running;
  }

  private void start(String customer) {
    Timer timer = new Timer();
    timers.put(customer, timer);
    Instant start = clock.now(); // T+63: the new timer's start is now, not when 2 arrived at T+42.
    clock.wakeAt(start.plus(WINDOW), () -> fire(customer, timer));
    lane.span(LaneSpan.Kind.WINDOW, start, start.plus(WINDOW), "timer");
  }

  private void fire(String customer, Timer timer) {
    Instant oldest = clock.now().minus(LOOK_BACK); // T+98: looks back to T+58.
    List<Row> batch =
        table.stream()
            .filter(row -> row.customer().equals(customer))
            .filter(row -> row.arrivedAt().isAfter(oldest)) // 2 arrived at T+42: not selected.
            .toList();
    table.removeAll(batch);
    if (batch.isEmpty()) {
      // T+98: nothing to answer, as far as it can see. 2 stays in the table, and will be too old
      // whenever this customer's next timer fires.
      timer.running = false;
      lane.span(LaneSpan.Kind.NOTE, oldest, clock.now(), "looks back 40 s");
      return;
    }
    ai.answer(batch.stream().map(Row::text).toList(), () -> completed(customer, timer));
  }

  private void completed(String customer, Timer timer) {
    timer.running = false;
    if (table.stream().anyMatch(row -> row.customer().equals(customer))) {
      start(customer); // T+63: the fix. 2 is noticed and gets a timer.
    }
  }
}
