// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something to be done in a transaction, alone or in a group with others. */
abstract class Command {

  /** The keys whose rows it decides about. */
  List<String> keys() {
    return List.of();
  }

  /** The message id that may be known already. */
  @Nullable MessageId id() {
    return null;
  }

  /** Whether it is the engine's own, and not a caller's. */
  boolean isOwn() {
    return true;
  }

  /** How many bytes it brings into the transaction. */
  int bytes() {
    return 0;
  }

  /** Whether it is decided after all others of its group, to see what they have made due. */
  boolean isLast() {
    return false;
  }

  /** False if the caller has taken it back; from then on it can no longer be taken back. */
  boolean take() {
    return true;
  }

  /**
   * Decides, with the rows loaded. May be called again for the same command when a transaction is
   * repeated, so whatever is to be known outside goes through {@link Unit#afterCommit}.
   */
  abstract void decide(Unit unit);

  /** Nothing of it is stored (or, for an unknown outcome, perhaps all). */
  abstract void failed(Throwable why);
}
