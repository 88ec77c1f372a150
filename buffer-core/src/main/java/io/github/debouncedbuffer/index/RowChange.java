// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.WindowRow;

/** What differs between two versions of a key's row: most messages only add to a count. */
public final class RowChange {

  private RowChange() {}

  /**
   * Whether the count of the messages outside the batch, and the last arrival, is all that differs.
   *
   * @param before the row as it is stored
   * @param now the same key's row, as it is to be stored
   * @return also true if nothing differs
   */
  public static boolean isCountOnly(KeyRow before, KeyRow now) {
    WindowRow was = before.window();
    WindowRow is = now.window();
    return was != null
        && is != null
        && was.equals(new WindowRow(was.messages(), is.openedAt(), is.countsFrom(), is.dueNow()))
        && before.equals(
            new KeyRow(
                now.key(),
                now.state(),
                now.startedAt(),
                before.lastArrivalAt(),
                now.dueAt(),
                now.extendedUntil(),
                now.policy(),
                was,
                now.batch(),
                now.supersedes()));
  }
}
