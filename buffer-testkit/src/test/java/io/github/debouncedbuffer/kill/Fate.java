// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

/** What became of a transaction, as far as the journal can tell. */
enum Fate {
  COMMITTED,
  /** It was stopped before its commit, so it must have left nothing. */
  ROLLED_BACK,
  /** The kill came between its last call and its return. */
  UNKNOWN
}
