// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.KeyRow;
import java.util.function.Consumer;

/** Rigs that do in two transactions what has to be done in one. */
final class TwoTransactions {

  private TwoTransactions() {}

  /** Checks for late messages, and lets go of the key by what it saw a moment before. */
  static final class CheckThenRelease extends Rig {
    @Override
    Deed complete(KeyRow run) {
      KeyRow seen = store.transact(transaction -> load(transaction, run.key()));
      Deed deed = new Deed(transaction -> complete(transaction, run, seen));
      lane.putOwn(deed);
      return deed;
    }
  }

  /** Looks for what is due, and claims what it saw a moment before. */
  static final class LookThenClaim extends Rig {
    @Override
    Deed claim(Consumer<KeyRow> claimed) {
      KeyRow seen = store.transact(Rig::due);
      Deed deed = new Deed(transaction -> claimed.accept(claim(transaction, seen)));
      lane.putOwn(deed);
      return deed;
    }
  }
}
