// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.letter;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.running;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.waiting;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random transactions on this store and on the in-memory one, which keeps whole rows: what
 * can be read must be the same, above all after the file was opened again, when rows that were not
 * written for a message more are put together from what is on disk. If it fails, look at {@link
 * Changes} and {@link PendingLoader}.
 */
class LikeMemoryTest extends StoreTest {

  private static final List<String> KEYS = List.of("a", "b", "c");
  private static final int STEPS = 500;

  private static final class Rolled extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void S1_S9_afterAnyTransactions_allIsAsInMemory_alsoAfterReopening(long seed) {
    Random random = new Random(seed);
    InMemoryBufferStore memory = new InMemoryBufferStore("test");
    for (int step = 0; step < STEPS; step++) {
      List<Consumer<StoreTransaction>> work = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        work.add(change(KEYS.get(random.nextInt(KEYS.size())), random, step));
      }
      boolean rolled = random.nextInt(6) == 0;
      run(memory, work, rolled);
      run(store, work, rolled);
      if (random.nextInt(5) == 0) {
        reopen();
      }
      assertThat(seen(store)).as("seed %d, step %d", seed, step).isEqualTo(seen(memory));
    }
  }

  private static void run(
      BufferStore on, List<Consumer<StoreTransaction>> work, boolean rolledBack) {
    try {
      Samples.change(
          on,
          transaction -> {
            work.forEach(each -> each.accept(transaction));
            if (rolledBack) {
              throw new Rolled();
            }
          });
    } catch (Rolled expected) {
      assertThat(rolledBack).isTrue();
    }
  }

  /** Most are messages that a window counts, as in real life. */
  private static Consumer<StoreTransaction> change(String key, Random random, int step) {
    NewMessage message = new NewMessage(key, null, t(step), new byte[] {(byte) step});
    MessageRange some = range(key, random);
    return switch (random.nextInt(14)) {
      case 0 -> tx -> tx.append(List.of(message));
      case 1 -> tx -> tx.append(List.of(message("c", "id" + step, "with an id")));
      case 2 -> tx -> tx.save(List.of(waiting(key, t(step))));
      case 3 -> tx -> tx.save(List.of(running(key)));
      case 4 -> tx -> tx.remove(List.of(key));
      case 5 -> tx -> tx.delete(List.of(some), t(step));
      case 6 -> tx -> tx.bury(letter(step + 1_000L * tx.nextTokens(1), key), some);
      case 7 -> tx -> tx.delete(List.of(MessageRange.after(key, 0)), t(step));
      default -> tx -> submit(tx, key, message);
    };
  }

  private static MessageRange range(String key, Random random) {
    long after = random.nextInt(3_000);
    return new MessageRange(key, after, after + random.nextInt(20), 1);
  }

  private static void submit(StoreTransaction tx, String key, NewMessage message) {
    KeyRow row = tx.lock(List.of(key)).get(key);
    WindowRow window = row == null ? null : row.window();
    tx.append(List.of(message));
    if (row == null || window == null) {
      tx.save(List.of(waiting(key, t(10_000))));
      return;
    }
    tx.save(
        List.of(
            new KeyRow(
                key,
                row.state(),
                row.startedAt(),
                message.arrivedAt(),
                row.dueAt(),
                row.extendedUntil(),
                row.policy(),
                new WindowRow(
                    window.messages() + 1, window.openedAt(), window.countsFrom(), window.dueNow()),
                row.batch(),
                row.supersedes())));
  }

  private static List<String> seen(BufferStore store) {
    List<String> seen = new ArrayList<>();
    Samples.change(
        store,
        tx -> {
          seen.add(tx.lock(KEYS).toString());
          seen.add(tx.nextDue(true).toString());
          seen.add(tx.lockDue(Instant.MAX, 9, true).toString());
          seen.add("" + tx.pendingMessages());
          seen.add("" + tx.deadLetters(0, 1_000).size());
          for (String key : KEYS) {
            var messages = tx.read(List.of(MessageRange.after(key, 0))).get(key);
            Objects.requireNonNullElse(messages, List.<StoredMessage>of())
                .forEach(m -> seen.add(m.sequence() + " " + new String(m.payload(), UTF_8)));
          }
        });
    return seen;
  }
}
