// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.spi.StoreException;
import java.util.concurrent.Callable;

/** What a handler asks about its batch, and what it does about the answer. */
final class Asker {

  private final World world;
  private final Life life;

  Asker(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  /** Returns whether it made a difference. */
  boolean ask(Run run, Asking asking) {
    return switch (asking) {
      case ABSORB -> asked(run, () -> absorb(run));
      case ENSURE_CURRENT -> asked(run, () -> ensureCurrent(run));
      case ACKNOWLEDGE -> acknowledge(run);
    };
  }

  private boolean absorb(Run run) {
    Batch<String> before = run.batch;
    world.ledger.absorbing = run.key;
    Batch<String> grown;
    try {
      grown = before.absorb();
    } finally {
      world.ledger.absorbing = null;
    }
    if (grown != before) {
      world.checked(() -> world.handOvers.absorbed(run, grown));
    }
    return grown != before;
  }

  private boolean ensureCurrent(Run run) {
    run.batch.ensureCurrent();
    run.settled |= run.isOpen(); // it may have ended meanwhile
    return true;
  }

  private static boolean acknowledge(Run run) {
    boolean may = run.batch.attempt() == 1 && run.acknowledged < run.members.size();
    if (may) {
      run.acknowledged++;
      run.batch.acknowledge(run.acknowledged);
    }
    return may;
  }

  /** Ends the run as the answer says. */
  void reply(Run run) {
    try {
      run.batch.ensureCurrent();
      run.settled |= run.isOpen(); // it may have ended meanwhile
      run.stage.complete(null);
    } catch (SupersededException superseded) {
      told(run);
      giveUp(run, superseded);
    } catch (RuntimeException refused) {
      run.stage.completeExceptionally(refused);
    }
  }

  static void giveUp(Run run, SupersededException why) {
    run.gaveUp |= run.stage.completeExceptionally(why); // unless it has ended before
  }

  /** A run that nothing may supersede is not told that something does (it would run again, G9). */
  private void told(Run run) {
    world.checked(
        () ->
            require(
                run.batch.attempt() == 1 && !run.settled && world.setup.supersedes() > 0,
                Promise.G9,
                "%s is told to be superseded, and may not be",
                run.batch.id()));
  }

  /** What is refused in a way that the API names is no answer. */
  private boolean asked(Run run, Callable<Boolean> question) {
    boolean[] answer = new boolean[1];
    world.tasks(
        () -> {
          try {
            answer[0] = question.call();
          } catch (SupersededException superseded) {
            told(run);
          } catch (StoreException | BufferClosedException | StaleBatchException refused) {
            answer[0] = false;
          } catch (IllegalStateException frozenOrCleared) {
            require(
                run.settled || run.batch.attempt() > 1 || !life.isAlive(),
                Promise.G17,
                "%s may absorb, and is refused: %s",
                run.batch.id(),
                frozenOrCleared);
          } catch (Exception other) {
            throw new AssertionError(other);
          }
        });
    return answer[0];
  }
}
