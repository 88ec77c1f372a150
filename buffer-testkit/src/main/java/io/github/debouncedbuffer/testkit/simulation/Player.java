// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does what a scenario's operations say. */
final class Player {

  private static final int DOWNTIME = 5;

  private static final List<Ending> ENDINGS = List.of(Ending.values());

  /** By which an {@link Verb#END} ends. */
  private static final List<Ending> ENDS =
      List.of(Ending.RETURN, Ending.THROW, Ending.REPLY, Ending.SUPERSEDED);

  private static final List<Asking> ASKINGS = List.of(Asking.values());
  private static final List<Inside> INSIDES = List.of(Inside.values());
  private static final List<Failure> FAILURES = List.of(Failure.values());

  private final World world;
  private final Caller caller;

  Player(World world) {
    this.world = world;
    this.caller = new Caller(world);
  }

  /** Returns whether the operation had any effect. */
  boolean play(Operation operation) {
    int a = operation.a();
    int b = operation.b();
    world.history.add(clock().now(), "> " + operation);
    boolean effect =
        switch (operation.verb()) {
          case SUBMIT -> submit(a, b);
          case GARBLE -> world.life().submit(key(a), null, true) != null;
          case URGENT -> urge(key(a));
          case RUN -> run(a);
          case ADVANCE -> advance(Duration.ofSeconds(a));
          case ELAPSE -> elapse(a);
          case PLAN -> plan(a, b);
          case INSIDE -> inside(a);
          case ASK -> ask(a, b);
          case END -> end(a, b);
          case POLICY -> policy(a);
          case FLUSH -> caller.flush(key(a));
          case EXTEND -> caller.extend(key(a), b);
          case DISCARD -> caller.discard(key(a));
          case WITHDRAW -> caller.withdraw(key(a), "id" + Math.max(1, b));
          case ERASE -> caller.erase(key(a));
          case REDRIVE -> caller.redrive(a);
          case REMOVE -> caller.remove(a);
          case CRASH -> crash(a);
          case CRASH_IN -> fail(a, WatchedStore.Fault.of(null, b % 2 != 0));
          case FAIL_IN -> failIn(a, b);
          case AT_CALL -> atCall(a);
          case REJECT -> reject(a);
          case CLOSE -> close(a);
        };
    settle();
    return effect;
  }

  /**
   * After each step: a process that is gone is followed by another, and what is quiet is checked.
   */
  void settle() {
    world.restartIfGone(DOWNTIME);
    if (world.violation() == null && clock().readyTasks() == 0) {
      world.checked(() -> world.quiet.quiet(clock().now(), clock().nextWakeUp()));
    }
  }

  private VirtualClock clock() {
    return world.life().clock;
  }

  private String key(int number) {
    return world.ledger.keys.get(Math.floorMod(number, world.ledger.keys.size()));
  }

  private boolean submit(int key, int id) {
    return world.life().submit(key(key), id > 0 ? "id" + id : null, false) != null;
  }

  private boolean run(int index) {
    int ready = clock().readyTasks();
    if (ready == 0) {
      return false;
    }
    world.tasks(() -> clock().run(Math.floorMod(index, ready)));
    return true;
  }

  /** Goes from wake-up to wake-up, so that every quiet moment is seen. */
  boolean advance(Duration time) {
    Life here = world.life();
    Instant end = here.clock.now().plus(time);
    boolean effect = here.clock.readyTasks() > 0;
    world.tasks(here.clock::runReady);
    while (goesOn(here) && here.clock.nextWakeUp().filter(at -> !at.isAfter(end)).isPresent()) {
      settle();
      if (goesOn(here)) {
        world.tasks(() -> here.clock.advanceTo(here.clock.nextWakeUp().orElse(end)));
      }
      effect = true;
    }
    if (goesOn(here) && here.clock.now().isBefore(end)) {
      world.tasks(() -> here.clock.advanceTo(end));
    }
    return effect;
  }

  private boolean goesOn(Life here) {
    return world.violation() == null && here == world.life() && here.isAlive();
  }

  private boolean elapse(int seconds) {
    int ready = clock().readyTasks();
    clock().elapse(Duration.ofSeconds(Math.max(0, seconds)));
    return clock().readyTasks() > ready;
  }

  private boolean plan(int ending, int seconds) {
    world.plans.plan(ENDINGS.get(Math.floorMod(ending, ENDINGS.size())), Math.max(0, seconds));
    return false; // it has an effect when a run follows it
  }

  private boolean inside(int act) {
    world.plans.inside(INSIDES.get(Math.floorMod(act, INSIDES.size())));
    return false;
  }

  private boolean policy(int more) {
    boolean changed = world.ledger.more != Math.max(0, more);
    world.ledger.more = Math.max(0, more);
    return changed;
  }

  private boolean end(int index, int ending) {
    Run run = open(index);
    if (run == null) {
      return false;
    }
    world.tasks(() -> world.life().end(run, ENDS.get(Math.floorMod(ending, ENDS.size()))));
    return true;
  }

  private boolean ask(int index, int asking) {
    Run run = open(index);
    return run != null
        && world.life().asker().ask(run, ASKINGS.get(Math.floorMod(asking, ASKINGS.size())));
  }

  private @Nullable Run open(int index) {
    List<Run> open = world.ledger.runs.values().stream().filter(Run::isOpen).toList();
    return open.isEmpty() ? null : open.get(Math.floorMod(index, open.size()));
  }

  private boolean urge(String key) {
    world.life().urge(key);
    return true;
  }

  /** At the end: no letters, then no ids, and after one more message nothing at all. */
  void nothingIsLeft() {
    world.endsWell();
    if (world.ledger.closing) {
      close(0);
    }
    for (int i = world.ledger.view.letters().size(); i > 0; i--) {
      caller.remove(0);
    }
    Duration behind = Duration.between(clock().now(), world.ledger.latest);
    advance((behind.isNegative() ? Duration.ZERO : behind).plus(world.ledger.retention()));
    submit(0, 0);
    caller.flush(key(0));
    advance(Duration.ofHours(1));
    settle();
    caller.sees(Ledger::empty);
  }

  private boolean crash(int downtime) {
    world.crash(downtime);
    return true;
  }

  private boolean close(int downtime) {
    world.tasks(() -> world.close(downtime));
    return true;
  }

  private boolean failIn(int transactions, int failure) {
    Failure chosen = FAILURES.get(Math.floorMod(failure, FAILURES.size()));
    return fail(transactions, WatchedStore.Fault.of(chosen, chosen.isCommitted()));
  }

  private boolean fail(int transactions, WatchedStore.Fault fault) {
    world.plans.fail(fault, Math.max(0, transactions));
    return false;
  }

  private boolean atCall(int call) {
    world.plans.failAtCall(Math.max(0, call));
    return false;
  }

  private boolean reject(int runs) {
    world.plans.reject(Math.max(0, runs));
    return false;
  }
}
