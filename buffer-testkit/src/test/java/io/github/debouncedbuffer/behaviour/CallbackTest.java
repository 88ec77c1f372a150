// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.GatedStore.awaitUninterruptibly;
import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A user's code never runs on the commit thread, whatever became of the submit. */
@Timeout(60)
class CallbackTest {

  private final GatedStore gated = new GatedStore();
  private final CountDownLatch gate = new CountDownLatch(1);

  private static DebouncedBufferBuilder<String> over(BufferStore store) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(Duration.ofHours(1)))
        .handler(batch -> {});
  }

  /** Submits while the lane is held, so that the callback is attached before there is an answer. */
  private CompletableFuture<Receipt> submitBehindTheGate(DebouncedBuffer<String> buffer) {
    gated.gates.add(gate);
    CompletableFuture<Receipt> receipt = buffer.submitAsync(KEY, "id", "x").toCompletableFuture();
    awaitUninterruptibly(gated.reached);
    return receipt;
  }

  @Test
  void G17_aFailedSubmit_isToldOffTheCommitThread_andMayBeRepeatedThere() throws Exception {
    FaultyStore store = new FaultyStore(gated);
    var buffer = over(store).start();
    buffer.inspect("the claim at the start has passed when this returns");
    store.failBefore(Reason.BUSY);
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<Receipt> repeated =
        submitBehindTheGate(buffer)
            .exceptionally(
                failed -> {
                  thread.complete(Thread.currentThread().getName());
                  return buffer.submit(KEY, "id", "x");
                });
    gate.countDown();
    assertThat(thread.get(30, TimeUnit.SECONDS)).doesNotContain("commit");
    assertThat(repeated.get(30, TimeUnit.SECONDS).isDuplicate()).isFalse();
    buffer.close(); // only here: a lane that stands still would hold it up for ever
  }

  @Test
  void G17_aReceiptThatTheExecutorRejects_isToldOffTheCommitThread() throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    Executor rejecting =
        task -> {
          if (full.get()) {
            throw new RejectedExecutionException("pool is full");
          }
          task.run();
        };
    var buffer = over(gated).executor(rejecting).start();
    buffer.inspect("the claim at the start has passed when this returns");
    full.set(true);
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<Boolean> flushed =
        submitBehindTheGate(buffer)
            .thenApply(
                receipt -> {
                  thread.complete(Thread.currentThread().getName());
                  return buffer.flush(KEY);
                });
    gate.countDown();
    assertThat(thread.get(30, TimeUnit.SECONDS)).doesNotContain("commit");
    assertThat(flushed.get(30, TimeUnit.SECONDS)).isTrue();
    full.set(false);
    buffer.close();
  }

  /** A pool without a bound starts a thread for each task that finds none idle. */
  @Test
  void aBurstOfReceipts_isToldByABoundedNumberOfTasks() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    CountDownLatch thirtyTwo = new CountDownLatch(32);
    CountDownLatch release = new CountDownLatch(1);
    ExecutorService pool = Executors.newCachedThreadPool();
    var buffer =
        over(gated)
            .executor(
                task -> {
                  tasks.incrementAndGet();
                  pool.execute(task);
                })
            .start();
    buffer.inspect("the claim at the start has passed when this returns");
    tasks.set(0);
    var last =
        submitBehindTheGate(buffer)
            .thenRun(
                () -> {
                  thirtyTwo.countDown();
                  awaitUninterruptibly(release);
                });
    for (int i = 1; i < 1_000; i++) {
      last =
          last.thenCombine(
              buffer
                  .submitAsync("k" + i, null, "x")
                  .thenRun(
                      () -> {
                        thirtyTwo.countDown();
                        awaitUninterruptibly(release);
                      }),
              (a, b) -> null);
    }
    gate.countDown();
    assertThat(thirtyTwo.await(30, TimeUnit.SECONDS)).isTrue();
    buffer.inspect("all receipts of the group have been given to the tasks when this returns");
    assertThat(tasks).hasValue(32);
    release.countDown();
    last.get(30, TimeUnit.SECONDS);
    buffer.close();
    pool.shutdown();
  }

  @Test
  void aCallbackThatBlocks_holdsUpNoOther() throws Exception {
    var buffer = over(gated).start();
    buffer.inspect("the claim at the start has passed when this returns");
    CountDownLatch allButTheFirst = new CountDownLatch(999);
    CompletableFuture<?> first =
        submitBehindTheGate(buffer).thenRun(() -> awaitUninterruptibly(allButTheFirst));
    for (int i = 1; i < 1_000; i++) {
      var unused = buffer.submitAsync("k" + i, null, "x").thenRun(allButTheFirst::countDown);
    }
    gate.countDown();
    first.get(30, TimeUnit.SECONDS);
    buffer.close();
  }

  @Test
  void aFailedSubmit_isToldTheCauseItself_notWrapped() {
    try (World world = new World(new StoreFixture.Memory())) {
      world.with(b -> b.limits(Limits.DEFAULT.pendingPerKey(1))).start();
      world.submit("a");
      CompletableFuture<Throwable> told = new CompletableFuture<>();
      var unused =
          world.buffer.submitAsync(KEY, null, "b").whenComplete((r, why) -> told.complete(why));
      world.clock.runReady();
      assertThat(told).isCompletedWithValueMatching(why -> why instanceof BufferFullException);
    }
  }

  @Test
  void redrive_asksForThePolicyOnItsCallersThread_outsideTheTransaction() {
    AtomicBoolean committing = new AtomicBoolean();
    List<Boolean> asked = new ArrayList<>();
    try (World world = new World(new StoreFixture.Memory())) {
      world
          .with(
              b ->
                  b.retry(RetryPolicy.DEFAULT.maxAttempts(1))
                      .windows(
                          key -> {
                            asked.add(committing.get());
                            return WindowPolicy.fixed(World.WINDOW);
                          })
                      .commitExecutor(
                          task ->
                              world
                                  .clock
                                  .executor()
                                  .execute(
                                      () -> {
                                        committing.set(true);
                                        task.run();
                                        committing.set(false);
                                      })))
          .start();
      world.handler.thenThrow(new Exception("planned"));
      world.submit("a");
      world.at(36);
      asked.clear();
      assertThat(world.buffer.redrive(world.buffer.deadLetters(0, 1).get(0).id())).isTrue();
      assertThat(asked).isNotEmpty().containsOnly(false);
    }
  }
}
