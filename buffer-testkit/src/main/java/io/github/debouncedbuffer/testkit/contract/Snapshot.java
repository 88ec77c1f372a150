// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All that a store shows about some keys, a line each, so that two moments can be compared. */
final class Snapshot {

  private Snapshot() {}

  static String of(BufferStore store, Collection<String> keys, Collection<MessageId> ids) {
    return store.transact(tx -> String.join("\n", lines(tx, keys, ids)));
  }

  private static List<String> lines(
      StoreTransaction tx, Collection<String> keys, Collection<MessageId> ids) {
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      lines.add("row of " + key + ": " + tx.lock(List.of(key)).get(key));
      for (Seen message : StoreUnderTest.read(tx, all(key))) {
        lines.add("message of " + key + ": " + message);
      }
    }
    for (BuriedLetter letter : tx.deadLetters(0, 1_000)) {
      lines.add("dead: " + letter.row() + " " + Seen.all(letter.messages()));
    }
    for (MessageId id : ids) {
      for (long now : new long[] {0, 50, 100, 1_000}) {
        lines.add(id + " at " + now + ": " + tx.known(List.of(id), at(now)).get(id));
      }
    }
    for (boolean recoveredToo : new boolean[] {false, true}) {
      List<KeyRow> due = tx.lockDue(at(10_000), 1_000, recoveredToo);
      lines.add("due: " + StoreUnderTest.keys(due) + ", next " + tx.nextDue(recoveredToo));
    }
    lines.add("pending: " + tx.pendingMessages());
    lines.add("counts: " + withoutLog(tx.stats()));
    return lines;
  }

  /** The log's size is the store's own affair. */
  static StoreStats withoutLog(StoreStats stats) {
    return new StoreStats(
        stats.pendingMessages(),
        stats.waitingKeys(),
        stats.runningKeys(),
        stats.backingOffKeys(),
        stats.deadLetters(),
        stats.rememberedIds(),
        stats.oldestPendingAt(),
        0);
  }
}
