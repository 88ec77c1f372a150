// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.GatedStore.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The buffer with its own clock and threads. Nothing here waits for a time by sleeping. */
@Timeout(60)
class ThreadsTest {

  private static final WindowPolicy SHORT = WindowPolicy.fixed(Duration.ofMillis(20));
  private static final WindowPolicy LONG = WindowPolicy.fixed(Duration.ofHours(1)).maxBatch(10_000);

  private static DebouncedBufferBuilder<String> buffer(BufferStore store, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8()).store(store).window(SHORT).handler(handler);
  }

  @Test
  void G2_G4_G5_manySubmitters_slowHandlers_nothingLost_oneAtATime_inOrder() throws Exception {
    int threads = 8;
    int perThread = 500;
    Set<String> running = ConcurrentHashMap.newKeySet();
    Queue<Batch<String>> batches = new ConcurrentLinkedQueue<>();
    Queue<String> overlaps = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(threads * perThread);
    try (var buffer =
        buffer(
                new InMemoryBufferStore(),
                batch -> {
                  if (!running.add(batch.key())) {
                    overlaps.add(batch.key());
                  }
                  Thread.onSpinWait();
                  batches.add(batch);
                  running.remove(batch.key());
                  batch.messages().forEach(m -> all.countDown());
                })
            .start()) {
      List<Thread> submitters =
          IntStream.range(0, threads)
              .mapToObj(
                  t ->
                      new Thread(
                          () -> {
                            for (int i = 0; i < perThread; i++) {
                              buffer.submit("key " + (i % 10), t + ":" + i);
                            }
                          }))
              .toList();
      submitters.forEach(Thread::start);
      for (Thread submitter : submitters) {
        submitter.join();
      }
      assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(overlaps).isEmpty();
    assertThat(batches.stream().flatMap(b -> b.payloads().stream()))
        .doesNotHaveDuplicates()
        .hasSize(threads * perThread);
    for (int k = 0; k < 10; k++) {
      String key = "key " + k;
      List<Long> sequences =
          batches.stream()
              .filter(b -> b.key().equals(key))
              .flatMap(b -> b.messages().stream().map(m -> m.sequence()))
              .toList();
      assertThat(sequences).isSorted();
    }
  }

  @Test
  void submitsThatArriveTogether_shareATransaction() throws Exception {
    GatedStore store = new GatedStore();
    try (var buffer = buffer(store, batch -> {}).window(LONG).start()) {
      buffer.inspect("the claim at the start has passed when this returns");
      CountDownLatch gate = new CountDownLatch(1);
      store.gates.add(gate);
      buffer.submitAsync("first", null, "x");
      awaitUninterruptibly(store.reached);
      int before = store.transactions.get();
      List<CompletableFuture<?>> receipts = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        receipts.add(buffer.submitAsync("k" + i, null, "x").toCompletableFuture());
      }
      gate.countDown();
      CompletableFuture.allOf(receipts.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
      assertThat(store.transactions.get() - before).isEqualTo(1);
    }
  }

  @Test
  void callbacks_neverRunOnTheCommitThread() throws Exception {
    Set<String> threads = Collections.synchronizedSet(new java.util.HashSet<>());
    try (var buffer = buffer(new InMemoryBufferStore(), batch -> {}).start()) {
      for (int i = 0; i < 100; i++) {
        buffer
            .submitAsync("k", null, "x")
            .whenComplete((r, t) -> threads.add(Thread.currentThread().getName()))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
      }
    }
    assertThat(threads).isNotEmpty().noneMatch(name -> name.contains("commit"));
  }

  @Test
  void aHandlerMaySubmitToItsOwnKey_andClose_withoutADeadlock() throws Exception {
    CompletableFuture<Boolean> late = new CompletableFuture<>();
    InMemoryBufferStore store = new InMemoryBufferStore();
    CompletableFuture<DebouncedBuffer<String>> self = new CompletableFuture<>();
    var buffer =
        buffer(
                store,
                batch -> {
                  late.complete(self.get().submit("a", "from inside").late());
                  self.get().close();
                })
            .start();
    self.complete(buffer);
    buffer.submit("a", "x");
    assertThat(late.get(30, TimeUnit.SECONDS)).isTrue();
    buffer.close();
    BlockingQueue<List<String>> rest = new LinkedBlockingQueue<>();
    try (var again = buffer(store.reopen(), batch -> rest.add(batch.payloads())).start()) {
      assertThat(rest.poll(30, TimeUnit.SECONDS)).containsExactly("from inside");
      assertThat(again.stats().oldestPending()).isNotNull();
    }
  }

  @Test
  void close_againstSubmits_eachIsAcceptedOrRefused_neverBoth() throws Exception {
    InMemoryBufferStore store = new InMemoryBufferStore();
    AtomicInteger accepted = new AtomicInteger();
    var buffer = buffer(store, batch -> {}).window(LONG).start();
    List<Thread> submitters =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    new Thread(
                        () -> {
                          try {
                            while (true) {
                              buffer.submit("k" + t, "x");
                              accepted.incrementAndGet();
                            }
                          } catch (io.github.debouncedbuffer.BufferClosedException
                              | io.github.debouncedbuffer.BufferFullException end) {
                            return;
                          }
                        }))
            .toList();
    submitters.forEach(Thread::start);
    while (accepted.get() < 1_000) {
      Thread.onSpinWait();
    }
    buffer.close();
    for (Thread submitter : submitters) {
      submitter.join();
    }
    try (var again = buffer(store.reopen(), batch -> {}).window(LONG).start()) {
      assertThat(again.stats().store().pendingMessages()).isEqualTo(accepted.get());
    }
  }
}
