// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.index.KeyIndex;
import io.github.debouncedbuffer.spi.KeyRow;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Changes rows, so that each change can be taken back, and draws the tokens for claims. */
final class KeyRows {

  private final Deque<Runnable> undo;
  private final KeyIndex<MessageSlot> index;
  private long nextToken = 1;

  KeyRows(Deque<Runnable> undo, KeyIndex<MessageSlot> index) {
    this.undo = undo;
    this.index = index;
  }

  void save(KeyRow row) {
    KeyRow before = index.row(row.key());
    index.put(row);
    undo.push(() -> replace(row.key(), before));
  }

  void remove(String key) {
    KeyRow before = index.row(key);
    index.remove(key);
    undo.push(() -> replace(key, before));
  }

  private void replace(String key, @Nullable KeyRow row) {
    if (row == null) {
      index.remove(key);
    } else {
      index.put(row);
    }
  }

  long drawTokens(int count) {
    long first = nextToken;
    undo.push(() -> nextToken = first);
    nextToken = first + count;
    return first;
  }
}
