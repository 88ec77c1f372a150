// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneMark;
import io.github.debouncedbuffer.testkit.LaneTally;
import io.github.debouncedbuffer.testkit.TimelineListener;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the test kit's listener draws of a real buffer. */
class TimelineListenerTest {

  private static final Instant T = Instant.parse("2026-01-05T09:00:00Z");

  private static final Duration FIVE = Duration.ofSeconds(5);

  private final VirtualClock clock = VirtualClock.at(T);
  private final TimelineListener picture = new TimelineListener();
  private final SimulatedAi ai = new SimulatedAi(clock, Duration.ofSeconds(10));

  @Test
  void eachKey_hasALane_withItsMessagesNumbered() {
    try (var buffer = start(batch -> ai.answer(batch.payloads()))) {
      submit(buffer, 0, "a");
      submit(buffer, 3, "b");
      submit(buffer, 4, "a");
      submit(buffer, 25, "a");
      assertThat(spans(0))
          .containsExactly("WINDOW 0-20 window", "RUN 20-25 answers 1-2 (still open)");
      clock.advanceTo(T.plusSeconds(90));
    }
    assertThat(picture.lanes(clock.now())).extracting(Lane::name).containsExactly("a", "b");
    assertThat(spans(0))
        .containsExactly(
            "WINDOW 0-20 window",
            "RUN 20-30 answers 1-2",
            "WINDOW 30-45 follow-up",
            "RUN 45-55 answers 3");
    assertThat(marks(0))
        .containsExactly(
            "RECEIVED 0 1",
            "RECEIVED 4 2",
            "LATE 25 3",
            "ANSWERED 30 1",
            "ANSWERED 30 2",
            "ANSWERED 55 3");
    assertThat(spans(1)).containsExactly("WINDOW 3-23 window", "RUN 23-33 answers 1");
  }

  @Test
  void failure_backoff_andDeadLetter_areDrawn() {
    try (var buffer = start(batch -> ai.answer(batch.payloads()).thenApply(at -> failed()))) {
      submit(buffer, 0, "a");
      clock.advanceTo(T.plusSeconds(500));
      assertThat(buffer.deadLetters(0, 10)).hasSize(1);
      assertThat(buffer.redrive(buffer.deadLetters(0, 1).get(0).id())).isTrue();
      clock.advanceTo(T.plusSeconds(1000));
    }
    assertThat(spans(0).subList(0, 4))
        .containsExactly(
            "WINDOW 0-20 window",
            "FAILED 20-30 answers 1",
            "BACKING_OFF 30-35 backing off",
            "FAILED 35-45 answers 1, attempt 2");
    assertThat(marks(0))
        .containsExactly("RECEIVED 0 1", "DEAD 45 1", "RECEIVED 500 2", "DEAD 545 2");
  }

  @Test
  void timeout_isDrawn_untilTheHandlerIsBack() {
    CompletableFuture<String> deaf =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            return false;
          }
        };
    try (var buffer = start(batch -> deaf)) {
      submit(buffer, 0, "a");
      clock.advanceTo(T.plusSeconds(100));
      deaf.complete("at last");
      clock.advanceTo(T.plusSeconds(200));
    }
    assertThat(picture.lanes(clock.now()).get(0).tally())
        .isEqualTo(new LaneTally(1, 1, 0, 0, Duration.ofSeconds(100)));
    assertThat(spans(0))
        .containsExactly(
            "WINDOW 0-20 window", "FAILED 20-80 answers 1", "RUN 80-100 interrupted, not back yet");
  }

  @Test
  void discard_endsTheWindow_andTheNextBatchHasTheRightNumber() {
    try (var buffer = start(batch -> ai.answer(batch.payloads()))) {
      submit(buffer, 0, "a");
      buffer.discard("a");
      submit(buffer, 5, "a");
      clock.advanceTo(T.plusSeconds(90));
    }
    assertThat(spans(0)).containsExactly("WINDOW 5-25 window", "RUN 25-35 answers 2");
    assertThat(marks(0)).containsExactly("RECEIVED 0 1", "RECEIVED 5 2", "ANSWERED 35 2");
  }

  private DebouncedBuffer<String> start(AsyncHandler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(new InMemoryBufferStore())
        .window(WindowPolicy.fixed(Duration.ofSeconds(20)))
        .retry(RetryPolicy.DEFAULT.maxAttempts(2).backoff(FIVE, FIVE).jitter(0))
        .handlerTimeout(Duration.ofSeconds(60))
        .asyncHandler(handler)
        .listener(picture)
        .clock(clock)
        .executor(clock.executor())
        .commitExecutor(clock.executor())
        .start();
  }

  private void submit(DebouncedBuffer<String> buffer, int second, String key) {
    clock.advanceTo(T.plusSeconds(second));
    buffer.submit(key, "text");
    clock.runReady();
  }

  private static String failed() {
    throw new IllegalStateException("the AI is down");
  }

  private List<String> spans(int lane) {
    return picture.lanes(clock.now()).get(lane).spans().stream()
        .map(s -> s.kind() + " " + second(s.from()) + "-" + second(s.to()) + " " + s.label())
        .toList();
  }

  private List<String> marks(int lane) {
    List<LaneMark> marks = picture.lanes(clock.now()).get(lane).marks();
    return marks.stream().map(m -> m.kind() + " " + second(m.at()) + " " + m.label()).toList();
  }

  private static long second(Instant at) {
    return Duration.between(T, at).toSeconds();
  }
}
