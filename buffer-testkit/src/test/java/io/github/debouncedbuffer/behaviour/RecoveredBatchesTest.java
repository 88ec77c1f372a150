// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches that a crash left behind run one after the other, and none of them is forgotten. */
@Timeout(60)
class RecoveredBatchesTest {

  @Test
  void G3_theNextOne_isLookedFor_whenAClaimSharesTheTransactionWithTheEndOfTheLast() {
    try (World world = new World(new StoreFixture.Memory())) {
      world.with(b -> b.handlerTimeout(Duration.ofSeconds(10))).start();
      for (String key : List.of("r1", "r2")) {
        world.buffer.submit(key, key);
        world.handler.then(batch -> new CompletableFuture<>());
      }
      world.at(34);
      world.buffer.submit("hung", "h");
      world.at(36);
      CompletableFuture<Void> first = new CompletableFuture<>();
      world.handler.then(batch -> new DeafStage()).then(batch -> first);
      world.crash(Duration.ofSeconds(33));
      world.at(78.9);
      assertThat(world.handler.payloads())
          .as("at 69 the hung one, at 70 one of the recovered")
          .containsExactly(List.of("r1"), List.of("r2"), List.of("h"), List.of("r1"));
      first.complete(null);
      world.clock.elapse(Duration.ofMillis(100));
      assertThat(world.clock.readyTasks()).as("the lane, and the timeout at 79").isEqualTo(2);
      world.clock.run(1); // the timeout asks for a claim, in one transaction with the end of r1
      world.clock.advance(Duration.ofHours(1));
      assertThat(world.handler.payloads()).hasSize(5).last().isEqualTo(List.of("r2"));
    }
  }

  /** It hears no cancellation. */
  private static final class DeafStage extends CompletableFuture<Void> {
    @Override
    public boolean cancel(boolean mayInterrupt) {
      return false;
    }
  }

  @Test
  void G3_G16_allOfThemRun_withRealThreads() throws Exception {
    for (int round = 0; round < 50; round++) {
      allOfThemRun(round);
    }
  }

  private static void allOfThemRun(int round) throws Exception {
    int keys = 4;
    InMemoryBufferStore store = new InMemoryBufferStore();
    WindowPolicy window = WindowPolicy.fixed(Duration.ofMillis(1));
    CountDownLatch hung = new CountDownLatch(keys);
    var died =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .window(window)
            .asyncHandler(
                batch -> {
                  hung.countDown();
                  return new CompletableFuture<>();
                })
            .start();
    for (int i = 0; i < keys; i++) {
      died.submit("k" + i, "x");
    }
    assertThat(hung.await(30, TimeUnit.SECONDS)).isTrue();
    CountDownLatch all = new CountDownLatch(keys);
    var next =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store.reopen())
            .retry(RetryPolicy.DEFAULT.backoff(Duration.ofNanos(1), Duration.ofNanos(1)))
            .window(window)
            .handler(batch -> all.countDown())
            .start();
    assertThat(all.await(10, TimeUnit.SECONDS)).as("round %s, %s", round, next).isTrue();
    next.closeAsync(Duration.ZERO);
    died.closeAsync(Duration.ZERO);
  }
}
