// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A test buffer for each test, with a handler that does what the test says, call by call. */
abstract class TestBufferGiven {

  static final String KEY = "wati:50370000001";
  static final WindowPolicy WINDOW = WindowPolicy.fixed(Duration.ofSeconds(35));

  /** What the handler does in one call. */
  interface Act {
    void on(Batch<String> batch) throws Exception;
  }

  /** What an asynchronous handler does in one call. */
  interface AsyncAct {
    CompletionStage<?> on(Batch<String> batch) throws Exception;
  }

  final Deque<Act> acts = new ArrayDeque<>();
  final Deque<AsyncAct> asyncActs = new ArrayDeque<>();
  TestBuffer<String> test;
  private Instant start;

  void given(Act... calls) {
    givenSetUp(builder -> builder, calls);
  }

  void givenSetUp(UnaryOperator<DebouncedBufferBuilder<String>> setup, Act... calls) {
    acts.addAll(Arrays.asList(calls));
    begin(TestBuffer.of(Codec.utf8(), WINDOW, this::handle, setup));
  }

  void givenAsync(AsyncAct... calls) {
    asyncActs.addAll(Arrays.asList(calls));
    begin(TestBuffer.ofAsync(Codec.utf8(), WINDOW, this::handleAsync));
  }

  private void begin(TestBuffer<String> begun) {
    test = begun;
    start = begun.clock().now();
  }

  private void handle(Batch<String> batch) throws Exception {
    Act act = acts.poll();
    if (act != null) {
      act.on(batch);
    }
  }

  private CompletionStage<?> handleAsync(Batch<String> batch) throws Exception {
    AsyncAct act = asyncActs.poll();
    return act == null ? CompletableFuture.completedFuture(null) : act.on(batch);
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** When each call began, in seconds from the start of the test. */
  List<Long> began() {
    return test.runs().stream().map(run -> second(run.at())).toList();
  }

  long second(Instant at) {
    return Duration.between(start, at).toSeconds();
  }
}
