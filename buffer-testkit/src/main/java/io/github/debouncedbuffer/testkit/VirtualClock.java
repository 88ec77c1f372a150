// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A deterministic, single-threaded world. The time is a value that moves only when told to, and the
 * tasks given to {@link #executor} are queued and run by the thread that drives the clock. Give the
 * clock and its executor to a buffer for everything it takes one for, and the real engine runs on
 * the test's own thread: the same script gives the same history.
 *
 * <pre>{@code
 * var clock = VirtualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
 * // ... a buffer with this clock and clock.executor() gets a message ...
 * clock.advance(Duration.ofSeconds(35)); // its window is due, its handler has run
 * }</pre>
 *
 * <p><b>Order.</b> Ready tasks run in the order in which they became ready. A wake-up becomes ready
 * when its time comes, of equal times the one armed first; one armed for a time that has passed is
 * ready at once. A simulation that wants other orders picks with {@link #readyTasks} and {@link
 * #run(int)}, and delays everybody with {@link #elapse}.
 *
 * <p><b>Tasks that wait.</b> A task may itself call {@link #await} or {@link #advance}, as a
 * handler does that submits, or that takes half a minute. Other tasks then run inside it, and it
 * goes on when they have ended. So a task inside cannot wait for what a task below it has yet to
 * do.
 *
 * <p><b>Tasks that throw</b> stop nobody. When the outermost call that ran them has done all its
 * work, it throws an {@link AssertionError} with the first exception as its cause and the others
 * suppressed, so that no test hides one.
 *
 * <p><b>Interrupts.</b> All tasks share one thread. An interrupt that a task leaves behind is
 * handed to the task that waits below it, if there is one, and is otherwise cleared, as a thread
 * pool does.
 *
 * <p><b>The time never goes back.</b> A wall clock that was set back between two starts of a
 * process is played by a new {@code VirtualClock} with an earlier time.
 *
 * <p>Not thread-safe, and it notices: every method, those of what it hands out too, throws {@link
 * IllegalStateException} on any thread but the one that made the clock.
 */
public final class VirtualClock implements BufferClock {

  private final ReadyTasks tasks = new ReadyTasks(this);
  private final WakeUps wakeUps = new WakeUps(tasks);
  private Instant now;

  private VirtualClock(Instant start) {
    this.now = start;
  }

  /**
   * Makes a world with nothing in it.
   *
   * @param start its first {@link #now}
   * @return the clock, bound to the calling thread
   */
  public static VirtualClock at(Instant start) {
    return new VirtualClock(Objects.requireNonNull(start, "start"));
  }

  @Override
  public Instant now() {
    tasks.checkThread();
    return now;
  }

  @Override
  public Cancellable wakeAt(Instant at, Runnable task) {
    tasks.checkThread();
    return wakeUps.arm(at, Objects.requireNonNull(task, "task"), now);
  }

  /**
   * The executor of this world: it queues what it is given, and never runs it within the call.
   *
   * @return always the same one
   */
  public Executor executor() {
    tasks.checkThread();
    return tasks;
  }

  /**
   * Lets time pass: runs what is ready, then goes from wake-up to wake-up, running after each step
   * all that is ready, and what becomes ready by that, until nothing is left to do up to the end.
   *
   * @param duration how long, zero or more
   * @throws IllegalArgumentException if it is negative
   * @throws IllegalStateException if the tasks of one instant never come to an end
   * @throws AssertionError if a task threw and no task is running below this call
   */
  public void advance(Duration duration) {
    tasks.checkThread();
    advanceTo(after(duration));
  }

  /**
   * Lets time pass as {@link #advance} does, up to an instant. Ends exactly there, unless a task
   * let more time pass itself.
   *
   * @param end until when, not before {@link #now}
   * @throws IllegalArgumentException if it is before now
   * @throws IllegalStateException if the tasks of one instant never come to an end
   * @throws AssertionError if a task threw and no task is running below this call
   */
  public void advanceTo(Instant end) {
    tasks.checkThread();
    if (end.isBefore(now)) {
      throw new IllegalArgumentException(
          "end " + end + " < now " + now + "; the time never goes back, make a new clock for that");
    }
    tasks.runAll();
    while (!wakeUps.isEmpty() && !wakeUps.next().isAfter(end)) {
      passTo(wakeUps.next());
      tasks.runAll();
    }
    passTo(end);
    tasks.throwFailures();
  }

  /**
   * Lets time pass while nobody gets to run, as on a machine that stalls: wake-ups that fall due
   * become ready in their order, and nothing is run.
   *
   * @param duration how long, zero or more
   * @throws IllegalArgumentException if it is negative
   */
  public void elapse(Duration duration) {
    tasks.checkThread();
    passTo(after(duration));
  }

  /**
   * Runs all that is ready, and what becomes ready by that, without letting time pass.
   *
   * @throws IllegalStateException if that never comes to an end
   * @throws AssertionError if a task threw and no task is running below this call
   */
  public void runReady() {
    tasks.checkThread();
    tasks.runAll();
    tasks.throwFailures();
  }

  /**
   * Runs the first ready task.
   *
   * @return false if none was ready
   * @throws AssertionError if a task threw and no task is running below this call
   */
  public boolean runNext() {
    tasks.checkThread();
    boolean any = tasks.runFirst();
    tasks.throwFailures();
    return any;
  }

  /**
   * Runs one of the ready tasks, so that a simulation can try every order.
   *
   * @param index which, from 0, in the order in which they became ready
   * @throws IndexOutOfBoundsException if there is no such task
   * @throws AssertionError if a task threw and no task is running below this call
   */
  public void run(int index) {
    tasks.checkThread();
    tasks.run(index);
    tasks.throwFailures();
  }

  /**
   * How many tasks could run now, not counting those that are running.
   *
   * @return 0 or more
   */
  public int readyTasks() {
    tasks.checkThread();
    return tasks.size();
  }

  /**
   * The next time at which something becomes ready by itself.
   *
   * @return later than {@link #now}; empty if no wake-up is armed
   */
  public Optional<Instant> nextWakeUp() {
    tasks.checkThread();
    return wakeUps.isEmpty() ? Optional.empty() : Optional.of(wakeUps.next());
  }

  /**
   * Runs ready tasks one by one until the stage has ended, and no more than that. Whenever none is
   * ready, time passes to the next wake-up.
   *
   * @param stage what to wait for; how it ended is not looked at
   * @throws InterruptedException if the thread is interrupted and the stage has not ended
   * @throws IllegalStateException if nothing is left that could end the stage, or the tasks never
   *     come to an end
   * @throws AssertionError if a task threw and no task is running below this call
   */
  @Override
  public void await(CompletionStage<?> stage) throws InterruptedException {
    tasks.checkThread();
    CompletableFuture<?> awaited = stage.toCompletableFuture();
    for (int ran = 0; !awaited.isDone(); ran++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting in virtual time, at " + now);
      }
      tasks.checkEndless(ran);
      if (tasks.size() == 0 && !wakeUps.isEmpty()) {
        passTo(wakeUps.next());
      }
      if (!tasks.runFirst()) {
        tasks.throwFailures(); // likely the reason why nobody is left
        throw new IllegalStateException(
            "nothing can end the awaited stage: no task is ready, no wake-up is armed; " + this);
      }
    }
    tasks.throwFailures();
  }

  /** The time, and how much is ready, armed and running; for the messages of failed tests. */
  @Override
  public String toString() {
    return "VirtualClock[now=%s, ready=%d, wakeUps=%d, running=%d]"
        .formatted(now, tasks.size(), wakeUps.size(), tasks.running());
  }

  Instant after(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("duration " + duration + " < 0; the time never goes back");
    }
    return now.plus(duration);
  }

  private void passTo(Instant instant) {
    now = instant.isAfter(now) ? instant : now;
    wakeUps.makeReady(now);
  }
}
