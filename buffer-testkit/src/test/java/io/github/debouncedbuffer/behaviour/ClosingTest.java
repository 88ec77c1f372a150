// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Close against a claim that is under way: no handler sees it, and no attempt is counted. */
@Timeout(60)
class ClosingTest {

  private static final RetryPolicy ONCE = RetryPolicy.DEFAULT.maxAttempts(1).jitter(0);

  private final World world = new World(new StoreFixture.Memory()).with(b -> b.retry(ONCE));

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aClaimDuringClose_isGivenBack_andNeverHandedOver(int secondsThatTheClaimTakes) {
    TappedStore[] store = new TappedStore[1];
    List<CompletableFuture<Integer>> closed = new ArrayList<>();
    world.over(TappedStore.into(store)).start();
    world.submit("a");
    store[0].whileClaiming(
        () -> {
          closed.add(world.buffer.closeAsync(Duration.ZERO).toCompletableFuture());
          world.clock.advance(Duration.ofSeconds(secondsThatTheClaimTakes));
        });
    world.at(60);
    assertThat(store[0].fired()).isTrue();
    assertThat(closed.get(0)).isCompletedWithValue(0);
    assertThat(world.handler.runs).isEmpty();
    world.restart();
    world.at(3600);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
    assertThat(world.handler.runs.get(0).batch().attempt()).isEqualTo(1);
  }

  @Test
  void aRunThatWaitsForAThread_whenTheBufferCloses_isGivenBackUncounted() {
    List<Runnable> waiting = new ArrayList<>();
    world.with(b -> b.retry(ONCE).executor(waiting::add)).start();
    world.submit("a");
    world.at(36);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.RUNNING);
    var closed = world.buffer.closeAsync(Duration.ZERO).toCompletableFuture();
    world.at(40);
    assertThat(closed).isCompletedWithValue(0);
    List.copyOf(waiting).forEach(Runnable::run);
    assertThat(world.handler.runs).as("a thread is free after the close").isEmpty();
    world.with(b -> b.retry(ONCE)).restart();
    world.at(3600);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
    assertThat(world.buffer.deadLetters(0, 10)).isEmpty();
  }

  @Test
  void G12_aClaimWithUnknownOutcome_beforeAClose_isGivenBackUncounted() {
    FaultyStore[] store = new FaultyStore[1];
    world.over(FaultyStore.into(store)).start();
    world.submit("a");
    store[0].failAfter(Reason.OUTCOME_UNKNOWN);
    world.at(35);
    world.restart();
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
    assertThat(world.buffer.deadLetters(0, 10)).isEmpty();
  }

  @Test
  void aStoreThatCannotBeClosed_leavesNoThreadBehind() throws Exception {
    Set<Thread> before = clockThreads();
    var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new StoreWithoutEnd())
            .window(WindowPolicy.fixed(Duration.ofHours(1)))
            .handler(batch -> {})
            .start();
    buffer.submit(KEY, "a");
    buffer.inspect(KEY); // when it returns, the wake-up that the submit led to is armed
    Set<Thread> own = clockThreads();
    own.removeAll(before);
    assertThat(own).isNotEmpty();
    buffer.close();
    for (Thread thread : own) {
      thread.join(TimeUnit.SECONDS.toMillis(30));
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static Set<Thread> clockThreads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("debounced-buffer-clock"));
    return threads;
  }

  /** Its close fails. */
  private static final class StoreWithoutEnd implements BufferStore {
    private final InMemoryBufferStore store = new InMemoryBufferStore();

    @Override
    public String storeId() {
      return store.storeId();
    }

    @Override
    public <R> R transact(StoreWork<R> work) {
      return store.transact(work);
    }

    @Override
    public void close() {
      throw new StoreException(Reason.UNAVAILABLE, "planned, at the close");
    }
  }
}
