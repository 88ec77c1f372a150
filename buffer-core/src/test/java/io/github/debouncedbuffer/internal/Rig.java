// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The commit lane, the in-memory store and the protocol, put together as the engine does it but
 * with next to nothing between them, so that a model checker can go through their interleavings.
 * Who puts a command and finds the lane idle drains it, on its own thread. A twin overrides one
 * part.
 */
class Rig {

  /** What the rig needs of a lane. */
  interface Lane {
    void put(Command command);

    void putOwn(Command command);

    void end(Runnable then);
  }

  /** One step in a transaction, and what became of it. */
  static final class Deed extends Command {
    private final Consumer<StoreTransaction> step;
    volatile boolean done;
    volatile Throwable failure;

    Deed(Consumer<StoreTransaction> step) {
      this.step = step;
    }

    @Override
    void decide(Unit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    void failed(Throwable why) {
      failure = why;
    }
  }

  static final String KEY = "wati:50370000001";
  static final Instant NOW = Instant.EPOCH;
  private static final Duration WINDOW = Duration.ofSeconds(35);
  private static final Instant DUE = NOW.plus(WINDOW);
  private static final PolicyRow POLICY = new PolicyRow(false, WINDOW, WINDOW, 100, "FROM_ARRIVAL");
  private static final byte[] PAYLOAD = {1};

  final InMemoryBufferStore store = new InMemoryBufferStore("memory");
  final Lane lane;

  Rig() {
    this(transactor -> real(new CommitLane(Runnable::run, 100, transactor)));
  }

  Rig(Function<CommitLane.Transactor, Lane> newLane) {
    lane = newLane.apply(this::commit);
  }

  private static Lane real(CommitLane lane) {
    return new Lane() {
      @Override
      public void put(Command command) {
        lane.put(command, true);
      }

      @Override
      public void putOwn(Command command) {
        lane.putOwn(command);
      }

      @Override
      public void end(Runnable then) {
        lane.end(then);
      }
    };
  }

  private void commit(List<Command> group) {
    try {
      store.transact(
          transaction -> {
            for (Command command : group) {
              ((Deed) command).step.accept(transaction);
            }
            return group;
          });
    } catch (RuntimeException why) {
      for (Command command : group) {
        command.failed(why);
      }
      return;
    }
    for (Command command : group) {
      ((Deed) command).done = true;
    }
  }

  Deed submit(String key) {
    Deed deed = new Deed(transaction -> submit(transaction, key));
    lane.put(deed);
    return deed;
  }

  private static void submit(StoreTransaction transaction, String key) {
    KeyRow row = load(transaction, key);
    transaction.append(List.of(new NewMessage(key, null, NOW, PAYLOAD)));
    save(transaction, key, Protocol.submit(row, key, POLICY, false, NOW));
  }

  /** A command for which the store has nothing to do, so that the lane alone is gone through. */
  Deed pass() {
    Deed deed = new Deed(transaction -> {});
    lane.put(deed);
    return deed;
  }

  /** Claims one batch that is due, and tells its row. */
  Deed claim(Consumer<KeyRow> claimed) {
    Deed deed = new Deed(transaction -> claimed.accept(claim(transaction, due(transaction))));
    lane.putOwn(deed);
    return deed;
  }

  static KeyRow due(StoreTransaction transaction) {
    return transaction.lockDue(DUE, 1, true).get(0);
  }

  static KeyRow claim(StoreTransaction transaction, KeyRow due) {
    MessageRange range = MessageRange.after(due.key(), 0).limited(due.window().messages());
    List<StoredMessage> oldest = transaction.read(List.of(range)).get(due.key());
    Decision decision = Protocol.due(due, oldest, transaction.nextTokens(1), null, DUE);
    save(transaction, due.key(), decision);
    return decision.row();
  }

  /** The run's handler has returned. */
  Deed complete(KeyRow run) {
    Deed deed = new Deed(transaction -> complete(transaction, run, load(transaction, run.key())));
    lane.putOwn(deed);
    return deed;
  }

  static void complete(StoreTransaction transaction, KeyRow run, KeyRow row) {
    Decision decision = Protocol.returned(row, run.batch().token(), DUE);
    transaction.delete(List.of(decision.ended()), DUE);
    save(transaction, run.key(), decision);
  }

  /** As closing does it: by way of the lane. */
  void close() {
    lane.putOwn(new Deed(transaction -> lane.end(store::close)));
  }

  static KeyRow load(StoreTransaction transaction, String key) {
    return transaction.lock(List.of(key)).get(key);
  }

  private static void save(StoreTransaction transaction, String key, Decision decision) {
    if (decision.row() == null) {
      transaction.remove(List.of(key));
    } else {
      transaction.save(List.of(decision.row()));
    }
  }
}
