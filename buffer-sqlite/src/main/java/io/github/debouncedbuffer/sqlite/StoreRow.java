// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

/**
 * The one row of the table {@code store}: what belongs to the whole store. Immutable; a transaction
 * replaces its own copy, so that a rolled-back one leaves nothing behind in memory.
 *
 * @param storeId the id, never changed
 * @param lastTransaction the marker of the last transaction that wrote something: after a commit
 *     whose outcome is unknown it tells whether that commit took effect
 * @param nextSequence the sequence of the next message
 * @param nextToken the next fencing token
 */
record StoreRow(String storeId, long lastTransaction, long nextSequence, long nextToken) {

  StoreRow appended(int messages) {
    return new StoreRow(storeId, lastTransaction, Math.addExact(nextSequence, messages), nextToken);
  }

  StoreRow drawn(int tokens) {
    return new StoreRow(storeId, lastTransaction, nextSequence, Math.addExact(nextToken, tokens));
  }

  StoreRow marked() {
    return new StoreRow(storeId, lastTransaction + 1, nextSequence, nextToken);
  }
}
