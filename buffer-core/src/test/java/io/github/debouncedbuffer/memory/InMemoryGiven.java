// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A store for each test, and words for what is in it. */
abstract class InMemoryGiven {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
  static final PolicyRow POLICY =
      new PolicyRow(true, Duration.ofSeconds(5), Duration.ofSeconds(35), 50, "FROM_ARRIVAL");

  final InMemoryBufferStore store = new InMemoryBufferStore("test");

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static KeyRow waiting(String key, long dueAt) {
    return waiting(key, dueAt, 0);
  }

  static KeyRow waiting(String key, long dueAt, long countsFrom) {
    var window = new WindowRow(1, at(0), at(countsFrom), false);
    return new KeyRow(
        key, KeyState.WAITING, at(0), at(0), at(dueAt), null, POLICY, window, null, 0);
  }

  static KeyRow running(String key) {
    return new KeyRow(
        key, KeyState.RUNNING, at(0), at(0), null, null, POLICY, null, batch(0, false), 0);
  }

  static KeyRow backingOff(String key, long dueAt, long since, boolean recovered) {
    return new KeyRow(
        key,
        KeyState.BACKING_OFF,
        at(0),
        at(0),
        at(dueAt),
        null,
        POLICY,
        null,
        batch(since, recovered),
        0);
  }

  static BatchRow batch(long since, boolean recovered) {
    return new BatchRow(1, 2, 1, 1, 1, at(0), at(since), recovered, null);
  }

  static NewMessage message(String key, String text) {
    return new NewMessage(key, null, at(0), bytes(text));
  }

  static NewMessage withId(String key, String id) {
    return new NewMessage(key, id, at(0), bytes(id));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static DeadLetterRow letter(long id, String key) {
    return new DeadLetterRow(id, key, "failed", "boom", 3, at(0), at(9));
  }

  static MessageRange all(String key) {
    return MessageRange.after(key, 0);
  }

  void change(Consumer<StoreTransaction> work) {
    store.transact(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  void changeAndFail(Consumer<StoreTransaction> work) {
    var stop = new IllegalArgumentException("stop");
    assertThatThrownBy(
            () ->
                change(
                    tx -> {
                      work.accept(tx);
                      throw stop;
                    }))
        .isSameAs(stop);
  }

  void append(NewMessage... messages) {
    change(tx -> tx.append(List.of(messages)));
  }

  List<String> texts(MessageRange range) {
    return store.transact(tx -> texts(tx, range));
  }

  static List<String> texts(StoreTransaction tx, MessageRange range) {
    return tx.read(List.of(range)).getOrDefault(range.key(), List.of()).stream()
        .map(each -> new String(each.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  static List<String> keys(List<KeyRow> rows) {
    return rows.stream().map(KeyRow::key).toList();
  }

  StoreStats stats() {
    return store.transact(StoreTransaction::stats);
  }

  /** All that the store shows, so that two moments can be compared. */
  String dump() {
    return dump(store);
  }

  static String dump(InMemoryBufferStore of) {
    return of.transact(
        tx -> {
          List<String> seen = new ArrayList<>();
          for (String key : List.of("a", "b", "c", "n")) {
            seen.add(key + "=" + tx.lock(List.of(key)));
            tx.read(List.of(all(key))).getOrDefault(key, List.of()).forEach(m -> seen.add(line(m)));
          }
          for (BuriedLetter each : tx.deadLetters(0, 100)) {
            seen.add(each.row().toString());
            each.messages().forEach(m -> seen.add(line(m)));
          }
          for (String id : List.of("1", "2", "3", "new")) {
            seen.add(
                id
                    + "="
                    + tx.known(
                        List.of(new MessageId("a", id), new MessageId("b", id)), Instant.EPOCH));
          }
          seen.add("due " + keys(tx.lockDue(at(10_000), 100, true)) + tx.nextDue(false));
          seen.add("" + tx.stats() + tx.pendingMessages());
          return String.join("\n", seen);
        });
  }

  static String line(StoredMessage m) {
    return m.sequence()
        + " "
        + m.messageId()
        + " "
        + m.arrivedAt()
        + " "
        + new String(m.payload(), StandardCharsets.UTF_8)
        + " "
        + m.intact();
  }

  static void assertClosed(InMemoryBufferStore closed) {
    assertThatThrownBy(() -> closed.transact(tx -> 1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
  }

  /** The sizes of all maps and sets that the store has inside, by their fields. */
  static Map<String, Integer> sizesInside(InMemoryBufferStore store) {
    Map<String, Integer> sizes = new TreeMap<>();
    try {
      Object data = field(InMemoryBufferStore.class, "data").get(store);
      for (Field part : data.getClass().getDeclaredFields()) {
        part.setAccessible(true);
        Object holder = part.get(data);
        if (holder == null || holder.getClass().getPackage() != store.getClass().getPackage()) {
          continue;
        }
        for (Field inside : holder.getClass().getDeclaredFields()) {
          inside.setAccessible(true);
          Object value = inside.get(holder);
          if (value instanceof Map<?, ?> map) {
            sizes.put(part.getName() + "." + inside.getName(), map.size());
          } else if (value instanceof Collection<?> collection) {
            sizes.put(part.getName() + "." + inside.getName(), collection.size());
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return sizes;
  }

  static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field found = type.getDeclaredField(name);
    found.setAccessible(true);
    return found;
  }
}
