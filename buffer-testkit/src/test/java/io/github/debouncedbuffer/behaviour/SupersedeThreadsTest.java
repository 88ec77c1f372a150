// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that late messages supersede, with the buffer's own clock and threads. */
@Timeout(60)
class SupersedeThreadsTest {

  private static final WindowPolicy SHORT = WindowPolicy.fixed(Duration.ofMillis(20));

  private static DebouncedBuffer<String> buffer(OnLate onLate, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(new InMemoryBufferStore())
        .window(SHORT)
        .onLate(onLate)
        .handler(handler)
        .start();
  }

  @Test
  void anInterruptingRule_wakesTheHandler_whichAsksAndGivesWay() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Batch<String>> batches = new LinkedBlockingQueue<>();
    Handler<String> handler =
        batch -> {
          batches.add(batch);
          if (running.getCount() > 0) {
            running.countDown();
            try {
              never.await();
            } catch (InterruptedException superseded) {
              batch.ensureCurrent();
            }
          }
        };
    try (var buffer = buffer(OnLate.supersede().interrupting(), handler)) {
      buffer.submit("k", "1");
      running.await();
      buffer.submit("k", "2");
      assertThat(batches.poll(30, TimeUnit.SECONDS).payloads()).containsExactly("1");
      assertThat(batches.poll(30, TimeUnit.SECONDS).payloads()).containsExactly("1", "2");
    }
  }

  /** The late message comes while the hook runs, which keeps the interrupt to itself. */
  @Test
  void anInterruptThatCameBeforeTheHandler_isGivenToIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Batch<String>> batches = new LinkedBlockingQueue<>();
    List<DebouncedBuffer<String>> buffers = new CopyOnWriteArrayList<>();
    CountDownLatch started = new CountDownLatch(1);
    Handler<String> handler =
        batch -> {
          batches.add(batch);
          if (batch.payloads().size() == 1) {
            try {
              never.await();
            } catch (InterruptedException superseded) {
              batch.ensureCurrent();
            }
          }
        };
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore())
            .window(SHORT)
            .onLate(OnLate.supersede().interrupting())
            .onBatchStart(
                batch -> {
                  if (batch.messages() == 1) {
                    GatedStore.awaitUninterruptibly(started);
                    buffers.get(0).submit("k", "2");
                    Thread.interrupted();
                  }
                })
            .handler(handler)
            .start()) {
      buffers.add(buffer);
      buffer.submit("k", "1");
      started.countDown();
      assertThat(batches.poll(30, TimeUnit.SECONDS).payloads()).containsExactly("1");
      assertThat(batches.poll(30, TimeUnit.SECONDS).payloads()).containsExactly("1", "2");
    }
  }

  /** An interrupt that came just before keeps nobody from asking, and is not lost by it. */
  @Test
  void anInterruptedHandler_getsItsAnswer_andKeepsTheFlag() throws Exception {
    BlockingQueue<Boolean> flags = new LinkedBlockingQueue<>();
    Handler<String> handler =
        batch -> {
          Thread.currentThread().interrupt();
          assertThat(batch.hasNewer()).isFalse();
          batch.ensureCurrent();
          flags.add(Thread.interrupted());
        };
    try (var buffer = buffer(OnLate.supersede(), handler)) {
      buffer.submit("k", "1");
      assertThat(flags.poll(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /**
   * A reply is cleared at the very moment at which a message arrives: either it came before and the
   * two are one batch, or it came after and is alone in the next.
   */
  @Test
  void aReplyClearedWhileAMessageArrives_isSentOrSuperseded_neverBoth() throws Exception {
    int rounds = 300;
    Queue<List<String>> replies = new ConcurrentLinkedQueue<>();
    Queue<List<String>> gaveWay = new ConcurrentLinkedQueue<>();
    CyclicBarrier together = new CyclicBarrier(2);
    CountDownLatch replied = new CountDownLatch(2 * rounds);
    Handler<String> handler =
        batch -> {
          boolean first = batch.payloads().size() == 1 && batch.payloads().get(0).endsWith("a");
          if (first) {
            together.await(30, TimeUnit.SECONDS);
          }
          try {
            batch.ensureCurrent();
          } catch (SupersededException superseded) {
            gaveWay.add(batch.payloads());
            throw superseded;
          }
          replies.add(batch.payloads());
          batch.payloads().forEach(payload -> replied.countDown());
        };
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore())
            .window(WindowPolicy.fixed(Duration.ofMillis(1)))
            .onLate(OnLate.supersede())
            .handler(handler)
            .start()) {
      for (int round = 0; round < rounds; round++) {
        buffer.submit("k" + round, round + "a");
        together.await(30, TimeUnit.SECONDS);
        buffer.submit("k" + round, round + "b");
      }
      assertThat(replied.await(30, TimeUnit.SECONDS)).isTrue();
    }
    List<String> once = new ArrayList<>();
    replies.forEach(once::addAll);
    gaveWay.forEach(batch -> assertThat(replies).doesNotContain(batch));
    assertThat(once).hasSize(2 * rounds).doesNotHaveDuplicates();
  }
}
