// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down what each transaction is about to commit and that it was committed, and stops the
 * life between the two or behind them. For the twins it breaks what a store has to do.
 */
final class JournaledStore implements BufferStore {

  private final BufferStore store;
  private final Journal journal;
  private final Ending ending;
  private final AtomicLong numbers = new AtomicLong();
  private boolean receiptsGiven;
  private String notStored = "";

  JournaledStore(BufferStore store, Journal journal, Ending ending) {
    this.store = store;
    this.journal = journal;
    this.ending = ending;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    long number = numbers.incrementAndGet();
    if (receiptsGiven) {
      journal.awaitReceipt(notStored);
      ending.stop(number);
    }
    Step<R> step = new Step<>(number, work);
    R answer;
    try {
      answer = store.transact(step::in);
    } catch (NotStored twin) {
      receiptsGiven = true;
      notStored = step.seen.submitted();
      answer = step.answer;
    }
    if (!step.seen.facts.isEmpty()) {
      journal.write("COMMITTED %d", number);
    }
    if (step.chosen && !receiptsGiven) {
      ending.stop(number);
    }
    return answer;
  }

  private static final class NotStored extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** One transaction on its way. */
  private final class Step<R> {

    private final long number;
    private final StoreWork<R> work;
    private SeenTransaction seen;
    private boolean chosen;
    private R answer;

    Step(long number, StoreWork<R> work) {
      this.number = number;
      this.work = work;
    }

    R in(StoreTransaction transaction) {
      long pending = transaction.pendingMessages();
      seen = new SeenTransaction(transaction);
      answer = work.in(seen.proxy());
      if (!seen.facts.isEmpty()) {
        journal.write("ABOUT %d %s", number, String.join(" ", seen.facts));
        chosen = ending.isAt(seen, Math.min(pending, transaction.pendingMessages()));
      }
      if (chosen) {
        beforeTheCommit(transaction);
      }
      return answer;
    }

    private void beforeTheCommit(StoreTransaction transaction) {
      switch (ending.moment) {
        case BEFORE_SUBMIT, BEFORE_CLAIM, BEFORE_COMPLETION -> ending.stop(number);
        case RECEIPT_BEFORE_COMMIT -> throw new NotStored();
        case DELETED_AT_CLAIM -> seen.claimed.forEach(row -> delete(row, transaction));
        case AFTER_SUBMIT, AFTER_CLAIM, AFTER_COMPLETION, AT_RANDOM, IN_HANDLER, DRAINED -> {}
      }
    }

    private void delete(KeyRow row, StoreTransaction transaction) {
      long through = row.batch().throughSequence();
      transaction.delete(List.of(MessageRange.through(row.key(), through)), Instant.now());
      transaction.remove(List.of(row.key()));
    }
  }
}
