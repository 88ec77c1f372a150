// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.testkit.VirtualClock;
import io.github.debouncedbuffer.testkit.nodes.SharedMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node does with what another node has stored. */
class TwoNodesTest {

  private static final String KEY = "wati:50370000001";
  private static final Duration LEASE = Duration.ofSeconds(6);

  private final VirtualClock clock = VirtualClock.at(World.START);
  private final SharedMemory memory = new SharedMemory(LEASE, clock::now);
  private final List<Batch<String>> runs = new ArrayList<>();
  private final List<BatchInfo> lost = new ArrayList<>();
  private final CompletableFuture<Void> answered = new CompletableFuture<>();
  private final List<DebouncedBuffer<String>> nodes = new ArrayList<>();

  private DebouncedBuffer<String> node(int number, AsyncHandler<String> handler) {
    DebouncedBuffer<String> node =
        DebouncedBuffer.builder(Codec.utf8())
            .store(memory.node(number))
            .window(WindowPolicy.fixed(Duration.ofSeconds(5)))
            .onLate(OnLate.supersede())
            .listener(
                new BufferListener() {
                  @Override
                  public void lost(BatchInfo batch, Instant at) {
                    lost.add(batch);
                  }
                })
            .asyncHandler(handler)
            .clock(clock)
            .executor(clock.executor())
            .commitExecutor(clock.executor())
            .start();
    nodes.add(node);
    return node;
  }

  private CompletionStage<?> run(Batch<String> batch) {
    runs.add(batch);
    return answered;
  }

  private void advance(long seconds) {
    clock.advanceTo(clock.now().plusSeconds(seconds));
  }

  @AfterEach
  void close() {
    answered.complete(null);
    clock.runReady();
    nodes.forEach(DebouncedBuffer::close);
    memory.close();
  }

  @Test
  void aRun_hearsWithinAThirdOfALease_ofALateMessageThatAnotherNodeAccepted() {
    DebouncedBuffer<String> a = node(0, this::run);
    a.submit(KEY, "one");
    advance(5);
    assertThat(runs).hasSize(1);
    CompletableFuture<Void> superseded = runs.get(0).superseded().toCompletableFuture();
    DebouncedBuffer<String> b = node(1, this::run);
    b.submit(KEY, "two");
    clock.runReady();
    assertThat(superseded).isNotDone();
    assertThat(runs.get(0).hasNewer()).isTrue();
    advance(LEASE.toSeconds() / 3);
    assertThat(superseded).isDone();
  }

  @Test
  void aClaim_holdsForAsLongAsTheHandlerRuns() {
    DebouncedBuffer<String> a = node(0, this::run);
    DebouncedBuffer<String> b = node(1, this::run);
    a.submit(KEY, "one");
    advance(60);
    assertThat(runs).hasSize(1);
    assertThat(lost).isEmpty();
    assertThat(b.inspect(KEY).orElseThrow().attempt()).hasValue(1);
  }
}
