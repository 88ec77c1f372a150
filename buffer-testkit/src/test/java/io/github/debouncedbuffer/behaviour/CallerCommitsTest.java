// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On whose threads transactions run. */
@Timeout(60)
class CallerCommitsTest {

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch reached = new CountDownLatch(0);
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

  private final class Watched implements BufferStore {
    private final InMemoryBufferStore store = new InMemoryBufferStore();
    private final boolean bearsInterrupts;

    Watched(boolean bearsInterrupts) {
      this.bearsInterrupts = bearsInterrupts;
    }

    @Override
    public String storeId() {
      return store.storeId();
    }

    @Override
    public <R> R transact(StoreWork<R> work) {
      threads.add(Thread.currentThread());
      reached.countDown();
      gate.join(); // bears interrupts, and keeps the flag
      return store.transact(work);
    }

    @Override
    public boolean bearsInterrupts() {
      return bearsInterrupts;
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private DebouncedBufferBuilder<String> on(Watched store) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(Duration.ofHours(1)))
        .handler(batch -> {});
  }

  /** When a caller has committed, the lane is idle; the claim at the start has passed. */
  private DebouncedBuffer<String> idle() {
    DebouncedBuffer<String> buffer = on(new Watched(true)).start();
    do {
      threads.clear();
      buffer.inspect("any");
    } while (!threads.contains(Thread.currentThread()));
    threads.clear();
    return buffer;
  }

  @Test
  void whoWaits_commitsOnItsOwnThread_ifTheLaneIsIdle() {
    try (var buffer = idle()) {
      buffer.submit("k", "x");
      assertThat(threads).containsExactly(Thread.currentThread());
    }
  }

  @Test
  void ofAStoreThatDoesNotBearInterrupts_noCallerIsTheThread() {
    try (var buffer = on(new Watched(false)).start()) {
      threads.clear(); // recovery runs where the buffer is started
      buffer.submit("k", "x");
      buffer.submit("k", "y");
      assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void whoIsInterruptedAlready_doesNotCommit() {
    try (var buffer = idle()) {
      Thread.currentThread().interrupt();
      try {
        buffer.submit("k", "x");
      } catch (RuntimeException withdrawn) {
        assertThat(withdrawn).isInstanceOf(CancellationException.class);
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(threads).doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void whoDoesNotWait_doesNotCommit() throws Exception {
    try (var buffer = idle()) {
      buffer.submitAsync("k", null, "x").toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
    }
  }

  @Test
  void aCommitExecutorThatIsGiven_runsAll() {
    var given = Executors.newSingleThreadExecutor();
    try (var buffer = on(new Watched(true)).commitExecutor(given).start()) {
      threads.clear();
      buffer.submit("k", "x");
      buffer.submit("k", "y");
      assertThat(threads).isNotEmpty().doesNotContain(Thread.currentThread());
    } finally {
      given.shutdown();
    }
  }

  @Test
  void whatComesWhileACallerCommits_isNotItsBurden() throws Exception {
    try (var buffer = idle()) {
      reached = new CountDownLatch(1);
      gate = new CompletableFuture<>();
      Thread first = new Thread(() -> buffer.submit("k", "first"));
      first.start();
      reached.await();
      var second = buffer.submitAsync("k", null, "second").toCompletableFuture();
      gate.complete(null);
      second.get(30, TimeUnit.SECONDS);
      assertThat(threads.get(0)).isSameAs(first);
      assertThat(threads.subList(1, threads.size())).isNotEmpty().doesNotContain(first);
    }
  }

  @Test
  void aCallerThatIsInterruptedWhileItCommits_hasStored_andKeepsItsFlag() throws Exception {
    try (var buffer = idle()) {
      reached = new CountDownLatch(1);
      gate = new CompletableFuture<>();
      boolean[] flag = new boolean[1];
      Thread caller =
          new Thread(
              () -> {
                buffer.submit("k", "x");
                flag[0] = Thread.currentThread().isInterrupted();
              });
      caller.start();
      reached.await();
      caller.interrupt();
      gate.complete(null);
      caller.join();
      assertThat(flag[0]).isTrue();
      assertThat(buffer.inspect("k")).isPresent();
    }
  }
}
