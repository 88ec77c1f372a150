// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.checking;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a store holds of the scenario's keys, as one transaction left it.
 *
 * @param keys what there is of each key, idle ones included
 * @param letters the dead letters by their ids
 */
public record View(Map<String, KeyView> keys, Map<Long, BuriedLetter> letters) {

  private static final int ALL = 1_000;

  /** A key's row and its pending messages in order. */
  public record KeyView(@Nullable KeyRow row, List<StoredMessage> messages) {
    /** Whether nothing happened to the key: a message with a sequence never changes. */
    public boolean unchanged(KeyView before) {
      boolean same = Objects.equals(row, before.row) && messages.size() == before.messages.size();
      for (int i = 0; same && i < messages.size(); i++) {
        same = messages.get(i).sequence() == before.messages.get(i).sequence();
      }
      return same;
    }

    public boolean has(long sequence) {
      return messages.stream().anyMatch(m -> m.sequence() == sequence);
    }
  }

  public static View empty(List<String> keys) {
    Map<String, KeyView> views = new LinkedHashMap<>();
    keys.forEach(key -> views.put(key, new KeyView(null, List.of())));
    return new View(views, Map.of());
  }

  public static View read(StoreTransaction transaction, List<String> keys) {
    Map<String, KeyRow> rows = transaction.lock(keys);
    List<MessageRange> ranges = new ArrayList<>();
    keys.forEach(key -> ranges.add(MessageRange.after(key, 0)));
    Map<String, List<StoredMessage>> messages = transaction.read(ranges);
    Map<String, KeyView> views = new LinkedHashMap<>();
    for (String key : keys) {
      views.put(key, new KeyView(rows.get(key), messages.getOrDefault(key, List.of())));
    }
    Map<Long, BuriedLetter> letters = new LinkedHashMap<>();
    transaction.deadLetters(0, ALL).forEach(letter -> letters.put(letter.row().id(), letter));
    return new View(views, letters);
  }

  public KeyView of(String key) {
    KeyView view = keys.get(key);
    if (view == null) {
      throw new IllegalArgumentException("no key of the scenario: " + key);
    }
    return view;
  }

  /** Whether a message is stored, pending or dead. */
  public boolean holds(long sequence) {
    return keys.values().stream().anyMatch(view -> view.has(sequence))
        || letters.values().stream()
            .anyMatch(l -> l.messages().stream().anyMatch(m -> m.sequence() == sequence));
  }

  public boolean nothingPending() {
    for (KeyView view : keys.values()) {
      if (view.row() != null || !view.messages().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Whether the two hold the same, byte for byte. */
  public boolean sameAs(View other) {
    boolean same = letters.keySet().equals(other.letters.keySet());
    for (Map.Entry<String, KeyView> entry : keys.entrySet()) {
      KeyView is = entry.getValue();
      KeyView was = other.of(entry.getKey());
      same = same && Objects.equals(is.row, was.row) && same(is.messages, was.messages);
    }
    for (Map.Entry<Long, BuriedLetter> entry : letters.entrySet()) {
      BuriedLetter was = other.letters.get(entry.getKey());
      same =
          same
              && was != null
              && was.row().equals(entry.getValue().row())
              && same(was.messages(), entry.getValue().messages());
    }
    return same;
  }

  private static boolean same(List<StoredMessage> some, List<StoredMessage> others) {
    boolean same = some.size() == others.size();
    for (int i = 0; same && i < some.size(); i++) {
      StoredMessage a = some.get(i);
      StoredMessage b = others.get(i);
      same =
          a.sequence() == b.sequence()
              && Objects.equals(a.messageId(), b.messageId())
              && a.arrivedAt().equals(b.arrivedAt())
              && Arrays.equals(a.payload(), b.payload())
              && a.intact() == b.intact();
    }
    return same;
  }

  /** What is stored, in lines: the rows with their due times, and the sequences. */
  public String inWords() {
    StringBuilder words = new StringBuilder();
    keys.forEach(
        (key, view) -> {
          List<Long> sequences = view.messages().stream().map(StoredMessage::sequence).toList();
          words.append(key).append(": ").append(sequences).append(' ').append(view.row());
          words.append('\n');
        });
    letters.forEach(
        (id, letter) -> {
          List<Long> sequences = letter.messages().stream().map(StoredMessage::sequence).toList();
          words.append("dead letter ").append(id).append(": ").append(sequences);
          words.append(' ').append(letter.row()).append('\n');
        });
    return words.toString();
  }
}
