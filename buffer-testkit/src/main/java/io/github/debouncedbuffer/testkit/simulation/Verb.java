// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/**
 * What a step of a scenario does, with up to two numbers. Every operation is total: numbers that
 * are too large are taken modulo what there is, and where there is nothing it does nothing. So a
 * list that lost some of its members is still a scenario.
 */
public enum Verb {
  /**
   * Submits to key {@code a}, without waiting. With {@code b > 0} under the message id {@code b}.
   */
  SUBMIT(2),
  /** Submits to key {@code a} a payload that the codec will refuse to decode. */
  GARBLE(1),
  /** Submits to key {@code a} a message that the flush rule makes due now. */
  URGENT(1),
  /** Runs the {@code a}-th of the tasks that are ready. */
  RUN(1),
  /** Lets {@code a} seconds pass, and everybody do what they have to do meanwhile. */
  ADVANCE(1),
  /** Lets {@code a} seconds pass while nobody gets to run. */
  ELAPSE(1),
  /** Plans the next run: it ends as the {@link Ending} {@code a}, after {@code b} seconds. */
  PLAN(2),
  /** Plans what the next run does when it begins: the {@link Inside} {@code a}. */
  INSIDE(1),
  /** The {@code a}-th open run asks about its batch: the {@link Asking} {@code b}. */
  ASK(2),
  /**
   * Ends the {@code a}-th open run, by the remainder of {@code b} and 4: 0 it returns, 1 it throws,
   * 2 it replies (see {@link Ending#REPLY}), 3 it gives up (see {@link Ending#SUPERSEDED}).
   */
  END(2),
  /** From now on new windows wait {@code a} seconds longer than the setup says. */
  POLICY(1),
  /** Flushes key {@code a}. */
  FLUSH(1),
  /** Asks key {@code a} to wait until {@code b} seconds from now. */
  EXTEND(2),
  /** Discards what is pending of key {@code a}. */
  DISCARD(1),
  /** Withdraws the message with id {@code b} of key {@code a}. */
  WITHDRAW(2),
  /** Erases all that is stored of key {@code a}. */
  ERASE(1),
  /** Puts the {@code a}-th dead letter back. */
  REDRIVE(1),
  /** Removes the {@code a}-th dead letter. */
  REMOVE(1),
  /** The process dies now; another one starts {@code a} seconds later (earlier, if negative). */
  CRASH(1),
  /**
   * The process dies at the {@code a}-th transaction from now, after its commit if {@code b} is
   * odd.
   */
  CRASH_IN(2),
  /** The {@code a}-th transaction from now fails as the {@link Failure} {@code b}. */
  FAIL_IN(2),
  /**
   * The failure or death that is planned does not wait for the end of its transaction: it comes at
   * the {@code a}-th call inside, from 0, if there are so many and it comes before the commit.
   */
  AT_CALL(1),
  /** The executor refuses the next {@code a} runs. */
  REJECT(1),
  /** Closes the buffer; another process opens it {@code a} seconds later (earlier, if negative). */
  CLOSE(1);

  private final int numbers;

  Verb(int numbers) {
    this.numbers = numbers;
  }

  /**
   * How many numbers the verb takes.
   *
   * @return 1 or 2
   */
  public int numbers() {
    return numbers;
  }
}
