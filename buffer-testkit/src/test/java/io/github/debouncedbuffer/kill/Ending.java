// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stops the life at its moment and says so; the kill itself comes from outside. */
final class Ending {

  final Moment moment;
  private final int underLoadFrom;
  private final Journal journal;
  private final AtomicInteger receipts = new AtomicInteger();
  private final AtomicBoolean come = new AtomicBoolean();

  /** Not before so many receipts were given. */
  Ending(Moment moment, int underLoadFrom, Journal journal) {
    this.moment = moment;
    this.underLoadFrom = underLoadFrom;
    this.journal = journal;
  }

  void receipt() {
    if (receipts.incrementAndGet() == underLoadFrom) {
      System.out.println("UNDER LOAD");
    }
  }

  /** Whether this is the transaction at which to stop; true once. */
  boolean isAt(SeenTransaction seen, long pending) {
    return moment.kind != null
        && receipts.get() >= underLoadFrom
        && seen.has(moment.kind)
        && pending > 0
        && come.compareAndSet(false, true);
  }

  /** Never returns: the thread stays where it is until the process is killed. */
  void stop(long transaction) {
    journal.write("STOPPED %s %d", moment, transaction);
    System.out.println("STOPPED");
    while (true) {
      LockSupport.park();
    }
  }
}
