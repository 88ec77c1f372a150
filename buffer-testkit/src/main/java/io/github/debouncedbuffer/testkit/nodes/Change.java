// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has done to a key.
 *
 * @param life whose transaction
 * @param key which key
 * @param was what there was before
 * @param is what there is after
 * @param letter a dead letter of the key that was not there before, if there is one
 * @param now the store's time
 */
record Change(
    Life life,
    String key,
    View.KeyView was,
    View.KeyView is,
    @Nullable BuriedLetter letter,
    Instant now) {

  /** The batch that was running. */
  @Nullable BatchRow had() {
    return batch(was.row(), KeyState.RUNNING);
  }

  /** The batch that is running. */
  @Nullable BatchRow has() {
    return batch(is.row(), KeyState.RUNNING);
  }

  /** The batch that was backing off. */
  @Nullable BatchRow hadBackedOff() {
    return batch(was.row(), KeyState.BACKING_OFF);
  }

  /** The batch that backs off. */
  @Nullable BatchRow backsOff() {
    return batch(is.row(), KeyState.BACKING_OFF);
  }

  private static @Nullable BatchRow batch(@Nullable KeyRow row, KeyState state) {
    return row != null && row.state() == state ? row.batch() : null;
  }
}
