// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One life of the process that has the buffer, from its start to its close or death. */
final class Life {

  private final World world;
  final VirtualClock clock;
  final WatchedStore store;
  private final Asker asker;
  private @Nullable DebouncedBuffer<String> buffer;

  Life(World world, BufferStore inner, Instant startAt) {
    this.world = world;
    this.clock = VirtualClock.at(startAt);
    this.asker = new Asker(world, this);
    this.store =
        new WatchedStore(
            inner,
            world.ledger.keys,
            this::fault,
            left -> world.checked(() -> world.committed(left, clock.now())),
            world::worked);
  }

  /** Recovers; throws what the buffer's start throws. */
  void start(BufferListener listener) {
    Setup setup = world.setup;
    world.ledger.recovering = true;
    try {
      buffer =
          DebouncedBuffer.builder(new GarbledCodec())
              .store(store)
              .windows(key -> setup.window(world.ledger.more))
              .retry(setup.retry())
              .limits(Setup.LIMITS)
              .workers(setup.workers())
              .handlerTimeout(Setup.HANDLER_TIMEOUT)
              .closeTimeout(Setup.CLOSE_TIMEOUT)
              .idRetention(world.ledger.retention())
              .onLate(setup.onLate())
              .flushWhen((key, payload) -> world.ledger.isUrgent(payload))
              .asyncHandler(this::handle)
              .listener(listener)
              .clock(clock)
              .executor(executor())
              .commitExecutor(clock.executor())
              .start();
    } finally {
      world.ledger.recovering = false;
    }
  }

  DebouncedBuffer<String> buffer() {
    if (buffer == null) {
      throw new IllegalStateException("the process has not started");
    }
    return buffer;
  }

  Asker asker() {
    return asker;
  }

  boolean isAlive() {
    return !store.isDead() && !store.isClosed();
  }

  /**
   * Refuses what was planned to be refused: runs, and a listener's turns, which are then dropped.
   * Not receipts: they would be told by another thread.
   */
  private Executor executor() {
    Executor all = clock.executor();
    return task -> {
      boolean isReceipt = task instanceof CompletableFuture.AsynchronousCompletionTask;
      if (!isReceipt && world.plans.rejects()) {
        world.ledger.troubleAt = clock.now();
        throw new RejectedExecutionException("planned");
      }
      all.execute(task);
    };
  }

  private WatchedStore.@Nullable Fault fault() {
    WatchedStore.Fault fault = world.plans.fault();
    if (fault != null) {
      world.failed(fault, clock.now());
    }
    return fault;
  }

  /** A message that the flush rule names. */
  void urge(String key) {
    Sent sent = world.send(key, null, false, clock.now());
    sent.urgent = true;
    submit(sent);
  }

  Sent submit(String key, @Nullable String id, boolean garbled) {
    Sent sent = world.send(key, id, garbled, clock.now());
    submit(sent);
    return sent;
  }

  private void submit(Sent sent) {
    buffer()
        .submitAsync(sent.key, sent.id, sent.payload)
        .whenComplete((receipt, failure) -> answered(sent, receipt, failure));
  }

  private void submitAndWait(String key) {
    Sent sent = world.send(key, null, false, clock.now());
    try {
      answered(sent, buffer().submit(key, sent.payload), null);
    } catch (RuntimeException refused) {
      answered(sent, null, refused);
    }
  }

  private void answered(Sent sent, @Nullable Receipt receipt, @Nullable Throwable failure) {
    if (store.isDead()) {
      return; // nobody is there to hear it
    }
    world.history.add(clock.now(), "answer", sent.payload, receipt, failure);
    if (receipt != null) {
      world.checked(() -> world.answers.receipt(sent, receipt));
    } else if (failure != null) {
      world.checked(() -> world.answers.refusal(sent, failure));
    }
  }

  private CompletionStage<?> handle(Batch<String> batch) {
    if (store.isDead() || world.violation() != null) {
      return CompletableFuture.completedFuture(null);
    }
    world.history.add(clock.now(), "handed over", batch.id(), batch.attempt(), batch.payloads());
    Run[] begun = new Run[1];
    world.checked(
        () -> {
          Ledger.require(
              !store.isClosed(), Promise.G16, "%s was handed over after the close", batch.id());
          begun[0] = world.handOvers.handedOver(batch, clock.now());
        });
    Run run = begun[0];
    if (run == null) {
      return CompletableFuture.completedFuture(null); // it was a violation, and the end
    }
    if (world.crashesRuns()) {
      store.die();
      return run.stage;
    }
    return begin(run, world.nextPlan());
  }

  private CompletionStage<?> begin(Run run, Plans.Plan plan) {
    if (plan.inside() != null) {
      inside(run, plan.inside());
    }
    CompletableFuture<?> unused =
        run.stage.whenComplete((nothing, failure) -> over(run, failure == null));
    boolean atOnce = plan.seconds() == 0;
    Ending ending = plan.ending();
    return switch (ending) {
      case RETURN, REPLY, SUPERSEDED -> atOnce ? end(run, ending) : later(run, plan);
      case THROW -> {
        if (atOnce) {
          end(run, Ending.THROW);
          throw new IllegalStateException("planned");
        }
        yield later(run, plan);
      }
      case ERROR -> {
        end(run, Ending.THROW);
        throw new StackOverflowError("planned");
      }
      case HANG -> run.stage.minimalCompletionStage();
    };
  }

  private void inside(Run run, Inside inside) {
    switch (inside) {
      case SUBMIT -> submit(run.key, null, false);
      case SUBMIT_AND_WAIT -> submitAndWait(run.key);
      case CLOSE -> {
        world.ledger.closing = true;
        buffer().close();
      }
      case INTERRUPT -> Thread.currentThread().interrupt();
    }
  }

  private CompletionStage<?> later(Run run, Plans.Plan plan) {
    clock.wakeAt(clock.now().plusSeconds(plan.seconds()), () -> end(run, plan.ending()));
    return run.stage;
  }

  /** Ends a run in a way that waits for nothing. */
  CompletionStage<?> end(Run run, Ending ending) {
    switch (ending) {
      case REPLY -> asker.reply(run);
      case SUPERSEDED -> Asker.giveUp(run, new SupersededException("planned"));
      case THROW, ERROR -> run.stage.completeExceptionally(new IllegalStateException("planned"));
      case RETURN, HANG -> run.stage.complete(null);
    }
    return run.stage;
  }

  private void over(Run run, boolean returned) {
    if (run.isOpen() && !store.isDead()) {
      run.closing = world.ledger.closing;
      run.state = returned ? Run.State.RETURNED : Run.State.THREW;
      world.history.add(clock.now(), "run over", run.batch.id(), run.state, null);
    }
  }
}
