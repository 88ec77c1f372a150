// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.internal.Rig.Deed;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreTransaction;

/** What two threads do at once, and what must be true whoever is faster. */
enum Scenario {
  /** A command that comes while the drain of another one ends is drained. */
  COMMAND_AGAINST_COMMAND(200) {
    @Override
    Runnable prepared(Rig rig) {
      Deed[] deeds = new Deed[2];
      return () -> {
        together(() -> deeds[0] = rig.pass(), () -> deeds[1] = rig.pass());
        check(deeds[0].done && deeds[1].done, "a command was left in the lane");
      };
    }
  },

  /** A message that comes while its key's batch completes has a window with a due time. */
  SUBMIT_AGAINST_COMPLETION(100) {
    @Override
    Runnable prepared(Rig rig) {
      KeyRow[] run = new KeyRow[1];
      rig.submit(Rig.KEY);
      rig.claim(row -> run[0] = row);
      Deed[] deeds = new Deed[2];
      return () -> {
        together(() -> deeds[0] = rig.complete(run[0]), () -> deeds[1] = rig.submit(Rig.KEY));
        check(deeds[0].done && deeds[1].done, "a command was left in the lane");
        check(covers(rig, 1, KeyState.WAITING), "the late message has no window");
      };
    }
  },

  /** A message that comes while its key's window is due joins the batch, or is late behind it. */
  SUBMIT_AGAINST_DUE(100) {
    @Override
    Runnable prepared(Rig rig) {
      rig.submit(Rig.KEY);
      Deed[] deeds = new Deed[2];
      return () -> {
        together(() -> deeds[0] = rig.claim(row -> {}), () -> deeds[1] = rig.submit(Rig.KEY));
        check(deeds[0].done && deeds[1].done, "a command was left in the lane");
        check(covers(rig, 2, KeyState.RUNNING), "a message is neither in the batch nor behind it");
      };
    }
  },

  /** A message is accepted and stored, or refused as closed and not stored. */
  CLOSE_AGAINST_SUBMIT(200) {
    @Override
    Runnable prepared(Rig rig) {
      Deed[] deed = new Deed[1];
      return () -> {
        together(rig::close, () -> deed[0] = rig.submit(Rig.KEY));
        boolean refused = deed[0].failure instanceof BufferClosedException;
        check(deed[0].done != refused, "neither accepted nor refused: " + deed[0].failure);
        long stored = rig.store.reopen().transact(StoreTransaction::pendingMessages);
        check(stored == (refused ? 0 : 1), "refused " + refused + ", stored " + stored);
      };
    }
  },

  /** Two claims at once take two batches of two keys. */
  CLAIM_AGAINST_CLAIM(100) {
    @Override
    Runnable prepared(Rig rig) {
      rig.submit(Rig.KEY);
      rig.submit("wati:50370000002");
      KeyRow[] runs = new KeyRow[2];
      return () -> {
        together(() -> rig.claim(row -> runs[0] = row), () -> rig.claim(row -> runs[1] = row));
        check(runs[0] != null && runs[1] != null, "a command was left in the lane");
        check(!runs[0].key().equals(runs[1].key()), "a key has two runs");
        check(runs[0].batch().id() != runs[1].batch().id(), "two batches have one id");
      };
    }
  };

  /** How many interleavings are tried: several times what the slowest twin takes to be found. */
  final int invocations;

  Scenario(int invocations) {
    this.invocations = invocations;
  }

  /** Does what comes before the race, which throws if something happened that must not. */
  abstract Runnable prepared(Rig rig);

  /** Whether so many messages are stored, and the key's row, in this state, knows of all. */
  private static boolean covers(Rig rig, int messages, KeyState state) {
    return rig.store.transact(
        transaction -> {
          KeyRow row = Rig.load(transaction, Rig.KEY);
          return transaction.pendingMessages() == messages
              && row != null
              && row.state() == state
              && row.pending() == messages;
        });
  }

  private static void together(Runnable one, Runnable other) {
    Thread first = new Thread(one);
    Thread second = new Thread(other);
    first.start();
    second.start();
    try {
      first.join();
      second.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
