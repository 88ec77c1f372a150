// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import io.github.debouncedbuffer.testkit.simulation.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One life of a node's process, from its start to its close or death. */
final class Life {

  /** So long that no run of a scenario comes to it. */
  private static final Duration HANDLER_TIMEOUT = Duration.ofDays(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  final Node node;
  final VirtualClock clock;
  final NodeStore store;
  private final World world;
  private @Nullable DebouncedBuffer<String> buffer;
  boolean closing;

  /** The last commit of which it knows what it has made due: its own, or any. */
  long knows;

  /** The due times that others have told it of. */
  final Set<Instant> heard = new HashSet<>();

  Life(World world, Node node, BufferStore inner) {
    this.world = world;
    this.node = node;
    this.clock = VirtualClock.at(world.time().plusSeconds(node.ahead));
    this.store = new NodeStore(inner, this, world);
  }

  /** Recovers; throws what the buffer's start throws. */
  void start() {
    Setup setup = world.ledger.scenario.setup();
    WindowPolicy window =
        new WindowPolicy(
            setup.quiet(),
            Duration.ofSeconds(setup.minWait()),
            Duration.ofSeconds(setup.maxWait()),
            setup.maxBatch(),
            setup.followUp());
    buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .window(window)
            .retry(
                RetryPolicy.DEFAULT
                    .maxAttempts(setup.maxAttempts())
                    .backoff(Duration.ofSeconds(5), Duration.ofSeconds(60))
                    .jitter(0))
            .workers(setup.workers())
            .handlerTimeout(HANDLER_TIMEOUT)
            .closeTimeout(CLOSE_TIMEOUT)
            .asyncHandler(this::handle)
            .listener(new Told())
            .clock(clock)
            .executor(clock.executor())
            .commitExecutor(clock.executor())
            .start();
  }

  private DebouncedBuffer<String> buffer() {
    if (buffer == null) {
      throw new IllegalStateException("the process has not started");
    }
    return buffer;
  }

  /** Whether its node still has this very process, closed or not. */
  boolean isThere() {
    return node.life == this;
  }

  boolean isAlive() {
    return isThere() && !store.isClosed();
  }

  void submit(String key, @Nullable String id) {
    Sent sent = world.send(this, key, id);
    buffer()
        .submitAsync(key, id, sent.payload())
        .whenComplete((receipt, refusal) -> world.answered(sent, receipt, refusal));
  }

  void close() {
    if (!closing) {
      closing = true;
      buffer().closeAsync(CLOSE_TIMEOUT);
    }
  }

  private CompletionStage<?> handle(Batch<String> batch) {
    return world.handedOver(this, batch);
  }

  /** Counts the runs that were told that their batch was taken over. */
  private final class Told implements BufferListener {
    @Override
    public void lost(BatchInfo batch, Instant at) {
      world.lost(Life.this, batch);
    }
  }

  @Override
  public String toString() {
    return node.toString();
  }
}
