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
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
  void aHandlerThatInterruptsItsOwnThread_leavesNoInterruptBehind() throws Exception {
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
  void aHandlerThatHangs_isInterruptedAtItsTimeout_andTriedAgain() throws Exception {
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
}
