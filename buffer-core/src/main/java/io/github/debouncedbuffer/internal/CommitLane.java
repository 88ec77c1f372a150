// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way into the store. Commands that arrive while a transaction runs share the next one and
 * its fsync (group commit); a lone command does not wait for company.
 *
 * <p>Two queues: callers' commands, which are bounded, and the engine's own (completions, claims),
 * which go first and are bounded by the runs in progress. Whoever puts a command and finds {@code
 * draining} false starts a drain; the drain sets it to false in the same synchronized block in
 * which it finds both queues empty, so a command is either seen by that drain or starts the next
 * one. Who drains is the executor, or for one group a caller. No transaction, executor or callback
 * runs while the lane's monitor is held.
 */
final class CommitLane {

  private static final Logger log = LoggerFactory.getLogger(CommitLane.class);

  private static final int GROUP_COMMANDS = 1_000;
  private static final long GROUP_BYTES = 8L << 20;

  /** Brings a group into the store and does what follows from it. Throws nothing. */
  interface Transactor {
    void commit(List<Command> group);
  }

  private final Executor executor;
  private final int bound;
  private final Transactor transactor;
  private final Queue<Command> own = new ArrayDeque<>();
  private final Queue<Command> callers = new ArrayDeque<>();
  private boolean draining;
  private boolean ended;
  private @Nullable Runnable last;

  CommitLane(Executor executor, int bound, Transactor transactor) {
    this.executor = executor;
    this.bound = bound;
    this.transactor = transactor;
  }

  /**
   * Puts a caller's command. A full queue fails it.
   *
   * @param commits false: never blocks. True: if the lane is idle, this thread commits the command
   *     itself, with whatever has come by then, and leaves what comes meanwhile to the executor;
   *     for a caller who waits anyway that saves two changes of threads
   */
  void put(Command command, boolean commits) {
    put(callers, bound, command, commits ? this::commitOnce : this::startDrain);
  }

  /** Puts one of the engine's own commands. Never blocks. */
  void putOwn(Command command) {
    put(own, Integer.MAX_VALUE, command, this::startDrain);
  }

  /**
   * Refuses callers' commands from now on, and runs {@code then} when all that was queued is done;
   * after that the engine's own are refused, too.
   */
  void end(Runnable then) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      last = then;
      if (draining) {
        return;
      }
      draining = true;
    }
    startDrain();
  }

  synchronized int queued() {
    return callers.size();
  }

  private void put(Queue<Command> queue, int most, Command command, Runnable wakeUp) {
    RuntimeException refused = null;
    boolean start = false;
    synchronized (this) {
      if (ended && (queue == callers || last == null)) {
        refused = new BufferClosedException("the buffer is closed; nothing was stored");
      } else if (queue.size() >= most) {
        refused =
            new BufferFullException(
                most + " submits already wait for their commit; nothing was stored, try again");
      } else {
        queue.add(command);
        start = !draining;
        draining = true;
      }
    }
    if (refused != null) {
      command.failed(refused);
    } else if (start) {
      wakeUp.run();
    }
  }

  private void startDrain() {
    try {
      executor.execute(this::drain);
    } catch (Throwable rejected) {
      // Without a thread the lane would stand still with its queue full: refuse what is queued.
      for (List<Command> group = next(); group != null; group = next()) {
        group.forEach(command -> command.failed(rejected));
      }
      runLast();
    }
  }

  private void drain() {
    for (List<Command> group = next(); group != null; group = next()) {
      commit(group);
    }
    runLast();
  }

  private void commit(List<Command> group) {
    try {
      transactor.commit(group);
    } catch (Throwable thrown) {
      log.error("A group was left half done; the lane goes on", thrown);
    }
  }

  private void commitOnce() {
    List<Command> group = next();
    if (group != null) {
      commit(group);
    }
    if (keepsDraining()) {
      startDrain();
    }
  }

  private synchronized boolean keepsDraining() {
    draining = !own.isEmpty() || !callers.isEmpty() || last != null;
    return draining;
  }

  /** The next group; null when nothing is queued: then the drain has ended. */
  private synchronized @Nullable List<Command> next() {
    List<Command> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < GROUP_COMMANDS && bytes < GROUP_BYTES) {
      Command command = own.isEmpty() ? callers.poll() : own.poll();
      if (command == null) {
        break;
      }
      if (command.take()) {
        group.add(command);
        bytes += command.bytes();
      }
    }
    draining = !group.isEmpty();
    return draining ? group : null;
  }

  /** After the end only ends of runs come in: the drain that finds the queues empty is the last. */
  private void runLast() {
    Runnable then;
    synchronized (this) {
      then = draining ? null : last;
      last = draining ? last : null;
    }
    if (then != null) {
      then.run();
    }
  }
}
