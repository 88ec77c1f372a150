// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A copy of {@link CommitLane} without its limits and logs; each subclass breaks one thing. */
class LaneTwin implements Rig.Lane {

  final Queue<Command> own = new ArrayDeque<>();
  final Queue<Command> callers = new ArrayDeque<>();
  private final CommitLane.Transactor transactor;
  private boolean draining;
  private boolean ended;
  private Runnable last;

  LaneTwin(CommitLane.Transactor transactor) {
    this.transactor = transactor;
  }

  /** Looks into the queues, and lets go of the drain a moment later: check, then release. */
  static final class CheckThenRelease extends LaneTwin {
    CheckThenRelease(CommitLane.Transactor transactor) {
      super(transactor);
    }

    @Override
    List<Command> next() {
      List<Command> group = poll();
      // Here another thread's command finds a drain that has looked already.
      return drained(group);
    }
  }

  /** Looks whether it is closed, and queues a moment later. */
  static final class ClosedOutsideTheLock extends LaneTwin {
    ClosedOutsideTheLock(CommitLane.Transactor transactor) {
      super(transactor);
    }

    @Override
    void put(Queue<Command> queue, Command command) {
      if (refuses(queue)) {
        command.failed(new BufferClosedException("closed"));
      } else if (queued(queue, command)) {
        // Between the two the lane may have ended.
        drain();
      }
    }
  }

  @Override
  public void put(Command command) {
    put(callers, command);
  }

  @Override
  public void putOwn(Command command) {
    put(own, command);
  }

  @Override
  public void end(Runnable then) {
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
    drain();
  }

  void put(Queue<Command> queue, Command command) {
    boolean refused;
    boolean start = false;
    synchronized (this) {
      refused = refuses(queue);
      if (!refused) {
        start = queued(queue, command);
      }
    }
    if (refused) {
      command.failed(new BufferClosedException("closed"));
    } else if (start) {
      drain();
    }
  }

  synchronized boolean refuses(Queue<Command> queue) {
    return ended && (queue == callers || last == null);
  }

  /** True if the caller has to drain. */
  synchronized boolean queued(Queue<Command> queue, Command command) {
    queue.add(command);
    boolean start = !draining;
    draining = true;
    return start;
  }

  void drain() {
    for (List<Command> group = next(); group != null; group = next()) {
      transactor.commit(group);
    }
    runLast();
  }

  synchronized List<Command> next() {
    return drained(poll());
  }

  synchronized List<Command> poll() {
    List<Command> group = new ArrayList<>();
    for (Command c = first(); c != null; c = first()) {
      if (c.take()) {
        group.add(c);
      }
    }
    return group;
  }

  private Command first() {
    return own.isEmpty() ? callers.poll() : own.poll();
  }

  synchronized List<Command> drained(List<Command> group) {
    draining = !group.isEmpty();
    return draining ? group : null;
  }

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
