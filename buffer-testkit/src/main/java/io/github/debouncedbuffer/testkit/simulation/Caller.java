// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreStats;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Asks the buffer what its callers may ask besides submitting; each returns whether it did
 * something.
 */
final class Caller {

  private final World world;

  Caller(World world) {
    this.world = world;
  }

  boolean flush(String key) {
    world.ledger.flushing = key;
    asks(Event.FLUSHED, key);
    boolean flushed = asked(() -> world.life().buffer().flush(key));
    world.ledger.flushing = null;
    return flushed;
  }

  boolean extend(String key, int seconds) {
    world.ledger.extending = key;
    asks(Event.EXTENDED, key);
    Instant until = world.life().clock.now().plusSeconds(seconds);
    world.ledger.extendingUntil = until;
    boolean open = asked(() -> world.life().buffer().extend(key, until).isPresent());
    world.ledger.extending = null;
    return open;
  }

  boolean discard(String key) {
    world.ledger.discarding = key;
    asks(Event.DISCARDED, key);
    boolean any = asked(() -> !world.life().buffer().discard(key).isEmpty());
    world.ledger.discarding = null;
    return any;
  }

  boolean withdraw(String key, String id) {
    world.ledger.withdrawing = Ledger.idOf(key, id);
    asks(Event.WITHDRAWN, key);
    boolean withdrawn = asked(() -> world.life().buffer().withdraw(key, id));
    world.ledger.withdrawing = null;
    return withdrawn;
  }

  /** What was stored when it was asked for is gone when it has succeeded. */
  boolean erase(String key) {
    long last = world.ledger.lastSequence;
    world.ledger.erasing = key;
    asks(Event.ERASED, key);
    boolean[] done = new boolean[1];
    boolean any =
        asked(
            () -> {
              int messages = world.life().buffer().erase(key);
              done[0] = true;
              return messages > 0;
            });
    if (done[0] && world.violation() == null) {
      world.checked(() -> world.ledger.erased(key, last, world.life().clock.now()));
    } else {
      world.ledger.mayBeErased(key);
    }
    world.ledger.erasing = null;
    return any;
  }

  private void asks(Event event, String key) {
    world.ledger.coverage.add(event, world.ledger.view.of(key).row());
  }

  boolean redrive(int index) {
    world.ledger.redriving = letter(index);
    boolean found = asked(() -> world.life().buffer().redrive(world.ledger.redriving));
    world.ledger.redriving = 0;
    return found;
  }

  boolean remove(int index) {
    world.ledger.removing = letter(index);
    boolean found = asked(() -> world.life().buffer().removeDeadLetter(world.ledger.removing));
    world.ledger.removing = 0;
    return found;
  }

  private long letter(int index) {
    List<Long> letters = List.copyOf(world.ledger.view.letters().keySet());
    return letters.isEmpty() ? 0 : letters.get(Math.floorMod(index, letters.size()));
  }

  /** What a caller asks may be refused in the ways that the API names. */
  private boolean asked(Callable<Boolean> question) {
    boolean[] answer = new boolean[1];
    world.tasks(
        () -> {
          try {
            answer[0] = question.call();
          } catch (StoreException | BufferFullException | BufferClosedException refused) {
            answer[0] = false;
          } catch (IllegalStateException notExtendable) {
            answer[0] = false;
          } catch (Exception other) {
            throw new AssertionError(other);
          }
        });
    return answer[0];
  }

  /** Lets a check look at the store's own counts. */
  void sees(Consumer<StoreStats> check) {
    asked(
        () -> {
          StoreStats left = world.life().buffer().stats().store();
          world.checked(() -> check.accept(left));
          return true;
        });
  }
}
