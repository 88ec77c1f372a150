// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.GatedStore.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interrupts of submitters and handlers, with the buffer's own clock and threads. */
@Timeout(60)
class InterruptsTest {

  private static final WindowPolicy SHORT = WindowPolicy.fixed(Duration.ofMillis(20));
  private static final WindowPolicy LONG = WindowPolicy.fixed(Duration.ofHours(1)).maxBatch(10_000);

  private static DebouncedBufferBuilder<String> buffer(BufferStore store, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8()).store(store).window(SHORT).handler(handler);
  }

  @Test
  void anInterruptedSubmit_isWithdrawnBeforeItWasTaken_andTheFlagStays() throws Exception {
    GatedStore store = new GatedStore();
    try (var buffer = buffer(store, batch -> {}).window(LONG).start()) {
      buffer.inspect("the claim at the start has passed when this returns");
      CountDownLatch gate = new CountDownLatch(1);
      store.gates.add(gate);
      buffer.submitAsync("blocks the lane", null, "x");
      awaitUninterruptibly(store.reached);
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread submitter =
          new Thread(
              () -> {
                assertThatThrownBy(() -> buffer.submit("withdrawn", "x"))
                    .isInstanceOf(CancellationException.class);
                flag.complete(Thread.currentThread().isInterrupted());
              });
      submitter.start();
      submitter.interrupt();
      assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
      gate.countDown();
      assertThat(buffer.inspect("withdrawn")).isEmpty();
    }
  }

  @Test
  void anInterruptedSubmit_thatWasTaken_waitsForItsOutcome_andTheFlagStays() throws Exception {
    GatedStore store = new GatedStore();
    try (var buffer = buffer(store, batch -> {}).window(LONG).start()) {
      buffer.inspect("the claim at the start has passed when this returns");
      CountDownLatch gate = new CountDownLatch(1);
      store.gates.add(gate);
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread submitter =
          new Thread(
              () -> {
                buffer.submit("taken", "x");
                flag.complete(Thread.currentThread().isInterrupted());
              });
      submitter.start();
      awaitUninterruptibly(store.reached);
      submitter.interrupt();
      gate.countDown();
      assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(buffer.inspect("taken")).isPresent();
    }
  }

  @Test
  void faults13_aHandlerThatInterruptsItsOwnThread_leavesNoInterruptBehind() throws Exception {
    BlockingQueue<Boolean> left = new LinkedBlockingQueue<>();
    var pool = Executors.newSingleThreadExecutor();
    try (var buffer =
        buffer(new InMemoryBufferStore(), batch -> Thread.currentThread().interrupt())
            .executor(
                task ->
                    pool.execute(
                        () -> {
                          task.run();
                          left.add(Thread.currentThread().isInterrupted());
                        }))
            .start()) {
      buffer.submit("a", "x");
      assertThat(left.poll(30, TimeUnit.SECONDS)).isFalse();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void faults11_aHandlerThatHangs_isInterruptedAtItsTimeout_andTriedAgain() throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    CountDownLatch never = new CountDownLatch(1);
    try (var buffer =
        buffer(
                new InMemoryBufferStore(),
                batch -> {
                  seen.add("attempt " + batch.attempt());
                  if (batch.attempt() == 1) {
                    never.await();
                  }
                })
            .handlerTimeout(Duration.ofMillis(50))
            .start()) {
      buffer.submit("a", "x");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("attempt 1");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("attempt 2");
    }
  }

  /** One worker: had an error taken it away, nothing would be handled any more. */
  @ParameterizedTest
  @ValueSource(strings = {"Error", "StackOverflowError", "OutOfMemoryError"})
  void G17_faults10_anyError_isAFailedAttempt_andTheWorkerSurvives(String kind) throws Exception {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (var buffer =
        buffer(
                new InMemoryBufferStore(),
                batch -> {
                  seen.add(batch.key() + ", attempt " + batch.attempt());
                  if (batch.key().equals("poison")) {
                    provoke(kind);
                  }
                })
            .workers(1)
            .retry(
                RetryPolicy.DEFAULT
                    .maxAttempts(2)
                    .backoff(Duration.ofMillis(10), Duration.ofMillis(10)))
            .start()) {
      buffer.submit("poison", "x");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("poison, attempt 1");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("poison, attempt 2");
      buffer.submit("a", "x");
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("a, attempt 1");
      assertThat(buffer.deadLetters(0, 10).get(0).error()).contains(kind);
    }
  }

  private static void provoke(String kind) {
    switch (kind) {
      case "StackOverflowError" -> provoke(kind);
      case "OutOfMemoryError" -> Objects.checkIndex(0, new long[Integer.MAX_VALUE].length);
      default -> throw new Error("planned");
    }
  }
}
