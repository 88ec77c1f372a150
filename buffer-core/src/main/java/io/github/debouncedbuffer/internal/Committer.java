// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.CompletionWork;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load, decide, save: runs a group of commands in one transaction, then does what follows from it.
 */
final class Committer implements CommitLane.Transactor {

  private static final Logger log = LoggerFactory.getLogger(Committer.class);

  /** Who follows what is committed. */
  interface Follower {
    /** A transaction was committed; the earliest due time, recovered batches included or not. */
    void committed(Optional<Instant> nextDue, boolean recoveredToo, Unit unit);

    /** A transaction failed. */
    void failed(StoreException why);
  }

  private final BufferStore store;
  private final BufferClock clock;
  private final Duration idRetention;
  private final Runs<?> runs;
  private final Follower follower;

  Committer(
      BufferStore store, BufferClock clock, Duration idRetention, Runs<?> runs, Follower follower) {
    this.store = store;
    this.clock = clock;
    this.idRetention = idRetention;
    this.runs = runs;
    this.follower = follower;
  }

  private record Done(Unit unit, Optional<Instant> nextDue, boolean recoveredToo) {}

  @Override
  public void commit(List<Command> group) {
    Done done;
    try {
      done = transact(group);
    } catch (StoreException why) {
      guarded(() -> follower.failed(why));
      failed(group, why);
      return;
    } catch (Throwable why) {
      apart(group, why);
      return;
    }
    // From here on it is stored: nothing that goes wrong may run it again, or keep back the rest.
    done.unit().effects().forEach(Committer::guarded);
    guarded(() -> follower.committed(done.nextDue(), done.recoveredToo(), done.unit()));
  }

  /** What a handler gave to be done with its completion has failed: nothing is stored. */
  static final class WorkFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WorkFailed(Throwable cause) {
      super(null, cause, false, false);
    }
  }

  /**
   * Commits the end of a run together with a handler's work, off the lane. The work comes first: it
   * may take its time, and no key is locked meanwhile. If the batch does not run any more, the work
   * is not kept.
   *
   * @return what follows from it
   */
  List<Runnable> commitWith(EndRun end, CompletionWork<StoreTransaction> work) {
    return store.transact(
        transaction -> {
          try {
            work.with(transaction);
          } catch (StoreException failed) {
            throw failed; // the work is done again when the store works again
          } catch (Throwable failed) {
            throw new WorkFailed(failed);
          }
          Unit unit = Unit.about(List.of(end), transaction, clock, idRetention);
          if (!end.isCurrent(unit)) {
            throw new WorkFailed(new StaleBatchException("the batch was taken over, or erased"));
          }
          end.decide(unit);
          unit.finish();
          return unit.effects();
        });
  }

  private Done transact(List<Command> group) {
    boolean recoveredToo = runs.recoveredMayRun();
    return store.transact(
        transaction -> {
          Unit unit = Unit.about(group, transaction, clock, idRetention);
          group.stream().filter(c -> !c.isLast()).forEach(c -> c.decide(unit));
          group.stream().filter(Command::isLast).forEach(c -> c.decide(unit));
          unit.finish();
          return new Done(unit, transaction.nextDue(recoveredToo), recoveredToo);
        });
  }

  /** A full disk refuses what is new; what only removes may go through, if it goes alone. */
  private void failed(List<Command> group, StoreException why) {
    List<Command> own = group.stream().filter(Command::isOwn).toList();
    if (why.reason() == StoreException.Reason.FULL && !own.isEmpty() && own.size() < group.size()) {
      commit(own);
      group.stream().filter(c -> !c.isOwn()).forEach(c -> guarded(() -> c.failed(why)));
    } else {
      group.forEach(command -> guarded(() -> command.failed(why)));
    }
  }

  /** One command's fault must not fail another: they are tried one by one. */
  private void apart(List<Command> group, Throwable why) {
    if (group.size() > 1) {
      group.forEach(command -> commit(List.of(command)));
    } else {
      guarded(() -> log.error("A command failed and nothing of it is stored", why));
      group.forEach(command -> guarded(() -> command.failed(why)));
    }
  }

  private static void guarded(Runnable effect) {
    try {
      effect.run();
    } catch (Throwable thrown) {
      log.error("What follows a transaction failed; the transaction stands as it is", thrown);
    }
  }
}
