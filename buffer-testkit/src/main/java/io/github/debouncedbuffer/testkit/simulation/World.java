// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.testkit.checking.History;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data, the process that works on them now, and those who check it. */
final class World {

  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /** So long a closed process is watched: it must do nothing more. */
  private static final Duration AFTERMATH = Duration.ofSeconds(90);

  private static final int STARTS = 100;

  final Setup setup;
  final Ledger ledger;
  final Plans plans = new Plans();
  final History history;
  final AnswerCheck answers;
  final HandOverCheck handOvers;
  final QuietCheck quiet;
  private final CommitCheck commits;
  private final StoreSource source;
  private final BufferListener listener;
  private @Nullable Violation violation;
  private @Nullable Life life;
  private boolean draining;
  private boolean counting;
  private final List<Integer> calls = new ArrayList<>();
  private int sent;

  World(Setup setup, StoreSource source, BufferListener listener, History history) {
    this.setup = setup;
    this.ledger = new Ledger(setup);
    this.source = source;
    this.listener = listener;
    this.history = history;
    this.answers = new AnswerCheck(ledger);
    this.handOvers = new HandOverCheck(ledger);
    this.quiet = new QuietCheck(ledger);
    this.commits = new CommitCheck(ledger);
  }

  Life life() {
    if (life == null) {
      throw new IllegalStateException("no process was started");
    }
    return life;
  }

  /** Starts the first process. */
  void open() {
    start(source.open(), START);
  }

  /** The process dies now. */
  void crash(int downtime) {
    Life dead = life();
    dead.store.die();
    history.add(dead.clock.now(), "crash");
    start(source.afterCrash(), dead.clock.now().plusSeconds(downtime));
  }

  /** Closes, sees that nothing follows, and starts another process. */
  void close(int downtime) {
    Life closing = life();
    ledger.closing = true;
    history.add(closing.clock.now(), "close");
    closing.buffer().close();
    reopenClosed(downtime);
  }

  /** If the process has died or closed itself, another one starts. */
  void restartIfGone(int downtime) {
    Life gone = life();
    if (violation != null || gone.isAlive()) {
      return;
    }
    if (gone.store.isDead()) {
      crash(downtime);
    } else {
      reopenClosed(downtime);
    }
  }

  private void reopenClosed(int downtime) {
    Life closed = life();
    if (closed.store.isDead()) {
      crash(downtime);
      return;
    }
    Instant at = closed.clock.now();
    ledger.runs.values().forEach(run -> closed.end(run, Ending.RETURN));
    tasks(() -> closed.clock.advance(AFTERMATH));
    checked(quiet::answered);
    if (violation == null) {
      start(source.open(), at.plusSeconds(downtime));
    }
  }

  /** A start may itself fail or die, if that was planned: then there is another one. */
  private void start(BufferStore inner, Instant at) {
    BufferStore store = inner;
    for (int tries = 0; tries < STARTS; tries++) {
      sameAsBefore(store);
      ledger.restarted(at);
      Life next = new Life(this, store, at);
      life = next;
      history.add(at, "start");
      try {
        next.start(listener);
        return;
      } catch (WatchedStore.Died died) {
        store = source.afterCrash();
      } catch (StoreException failed) {
        store = source.open();
      } catch (RuntimeException broken) {
        violated(new Violation(Promise.G17, "the buffer does not start: " + broken));
        return;
      }
    }
    violated(new Violation(Promise.G17, "the buffer does not start again"));
  }

  /** What one process committed, the next one finds (G16). */
  private void sameAsBefore(BufferStore store) {
    View found = store.transact(transaction -> View.read(transaction, ledger.keys));
    if (!found.sameAs(ledger.view)) {
      String seen = "after the restart the store holds\n%sbefore it held\n%s";
      violated(new Violation(Promise.G16, seen.formatted(found.inWords(), ledger.view.inWords())));
    }
  }

  void committed(View left, Instant now) {
    if (violation == null) {
      commits.committed(left, now);
      if (history.isKept()) {
        history.add(now, "committed\n" + left.inWords());
      }
    }
  }

  /** From now on, and up to the drain, transactions are counted. */
  void count() {
    counting = true;
  }

  /** The work of a transaction made so many calls. */
  void worked(int made) {
    if (counting) {
      calls.add(made);
    }
  }

  /** How many calls each transaction has made that was counted. */
  List<Integer> calls() {
    return List.copyOf(calls);
  }

  /** A transaction is made to fail. */
  void failed(WatchedStore.Fault fault, Instant now) {
    history.add(now, "fault", fault);
    ledger.troubleAt = now;
    if (fault.failure() == Failure.CORRUPT) {
      ledger.closing = true; // the buffer sees that by itself
    }
    ledger.unknown = fault.failure() == Failure.UNKNOWN_KEPT;
  }

  Sent send(String key, @Nullable String id, boolean garbled, Instant now) {
    String payload = (garbled ? GarbledCodec.MARK : "") + key + " " + ++sent;
    Sent asked = new Sent(key, id, payload, garbled, now, ledger.more);
    ledger.sentByPayload.put(payload, asked);
    history.add(now, "submit", payload, id);
    return asked;
  }

  void drain() {
    draining = true;
    counting = false;
    plans.clear();
  }

  /** The last message of all is handled. */
  void endsWell() {
    draining = false;
  }

  boolean crashesRuns() {
    return draining && setup.drain() == Drain.CRASH;
  }

  Plans.Plan nextPlan() {
    boolean fails = draining && setup.drain() == Drain.FAIL;
    return plans.next(() -> new Plans.Plan(null, fails ? Ending.THROW : Ending.RETURN, 0));
  }

  /** Runs tasks of the process. One that throws is the engine's fault, unless the process died. */
  void tasks(Runnable work) {
    try {
      work.run();
    } catch (AssertionError | IllegalStateException thrown) {
      if (life().isAlive()) {
        violated(new Violation(Promise.G17, "a task threw: " + thrown));
      }
    }
  }

  void checked(Runnable check) {
    try {
      check.run();
    } catch (Violation broken) {
      violated(broken);
    }
  }

  private void violated(Violation broken) {
    if (violation == null) {
      violation = broken;
      history.add(life().clock.now(), "VIOLATION", broken.getMessage());
    }
  }

  @Nullable Violation violation() {
    return violation;
  }
}
