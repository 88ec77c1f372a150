// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.filestore;

import com.example.filestore.Contents.Place;
import com.example.filestore.Contents.Remembered;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Works on a copy, under the store's lock: locking a row is reading it. Every search is a scan. */
final class FileTransaction implements StoreTransaction {

  private final Contents contents;

  FileTransaction(Contents contents) {
    this.contents = contents;
  }

  @Override
  public Map<String, KeyRow> lock(Collection<String> keys) {
    Map<String, KeyRow> found = new HashMap<>(contents.rows);
    found.keySet().retainAll(Set.copyOf(keys));
    return found;
  }

  @Override
  public List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) {
    return withDue(recoveredToo)
        .filter(row -> !row.dueAt().isAfter(now))
        .sorted(Comparator.comparing(KeyRow::dueAt).thenComparing(KeyRow::key))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Instant> nextDue(boolean recoveredToo) {
    return withDue(recoveredToo).map(KeyRow::dueAt).min(Comparator.naturalOrder());
  }

  private Stream<KeyRow> withDue(boolean recoveredToo) {
    return contents.rows.values().stream()
        .filter(row -> row.dueAt() != null)
        .filter(row -> recoveredToo || row.batch() == null || !row.batch().recovered());
  }

  @Override
  public List<KeyRow> lockForRecovery(Instant now, int limit) {
    return contents.rows.values().stream()
        .filter(
            row ->
                row.state() == KeyState.RUNNING
                    || (row.window() != null && row.window().countsFrom().isAfter(now))
                    || (row.batch() != null && row.batch().since().isAfter(now)))
        .limit(limit)
        .toList();
  }

  @Override
  public Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) {
    Map<MessageId, Long> found = new HashMap<>();
    for (MessageId id : ids) {
      Remembered kept = contents.ids.get(id);
      if (kept != null && (kept.forgetAt() == null || kept.forgetAt().isAfter(now))) {
        found.put(id, kept.sequence());
      }
    }
    return found;
  }

  @Override
  public long append(List<NewMessage> messages) {
    long first = contents.nextSequence;
    for (NewMessage each : messages) {
      long sequence = contents.nextSequence++;
      var stored =
          new StoredMessage(sequence, each.messageId(), each.arrivedAt(), each.payload(), true);
      contents.messages.put(new Place(each.key(), sequence), stored);
      if (each.messageId() != null) {
        contents.ids.put(
            new MessageId(each.key(), each.messageId()), new Remembered(sequence, null));
      }
    }
    return first;
  }

  @Override
  public Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) {
    Map<String, List<StoredMessage>> found = new HashMap<>();
    for (MessageRange range : ranges) {
      found.put(range.key(), contents.read(range));
    }
    return found;
  }

  @Override
  public void delete(Collection<MessageRange> ranges, Instant forgetIdsAt) {
    for (MessageRange range : ranges) {
      contents.keepIds(range.key(), contents.take(range), forgetIdsAt);
    }
  }

  @Override
  public void save(Collection<KeyRow> rows) {
    rows.forEach(row -> contents.rows.put(row.key(), row));
  }

  @Override
  public void remove(Collection<String> keys) {
    keys.forEach(contents.rows::remove);
  }

  @Override
  public long nextTokens(int count) {
    long first = contents.nextToken;
    contents.nextToken += count;
    return first;
  }

  @Override
  public void bury(DeadLetterRow letter, MessageRange range) {
    contents.letters.put(letter.id(), new BuriedLetter(letter, contents.take(range)));
  }

  @Override
  public List<BuriedLetter> deadLetters(long afterId, int limit) {
    return contents.letters.tailMap(afterId, false).values().stream().limit(limit).toList();
  }

  @Override
  public void removeDeadLetter(long id, Instant forgetIdsAt) {
    BuriedLetter letter = contents.letters.remove(id);
    if (letter != null) {
      contents.keepIds(letter.row().key(), letter.messages(), forgetIdsAt);
    }
  }

  @Override
  public int erase(String key) {
    int erased = contents.take(MessageRange.after(key, 0)).size();
    for (BuriedLetter letter : List.copyOf(contents.letters.values())) {
      if (letter.row().key().equals(key)) {
        contents.letters.remove(letter.row().id());
        erased += letter.messages().size();
      }
    }
    contents.ids.keySet().removeIf(id -> id.key().equals(key));
    return erased; // the file is written anew at each commit, and the old one is gone
  }

  @Override
  public int forgetIds(Instant now, int limit) {
    List<MessageId> over =
        contents.ids.entrySet().stream()
            .filter(each -> each.getValue().forgetAt() != null)
            .filter(each -> !each.getValue().forgetAt().isAfter(now))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    over.forEach(contents.ids::remove);
    return over.size();
  }

  @Override
  public long pendingMessages() {
    return contents.messages.size();
  }

  @Override
  public StoreStats stats() {
    return new StoreStats(
        contents.messages.size(),
        in(KeyState.WAITING),
        in(KeyState.RUNNING),
        in(KeyState.BACKING_OFF),
        contents.letters.size(),
        contents.ids.size(),
        oldestArrival(),
        0);
  }

  private Instant oldestArrival() {
    return contents.messages.values().stream()
        .min(Comparator.comparing(StoredMessage::sequence))
        .map(StoredMessage::arrivedAt)
        .orElse(null);
  }

  private long in(KeyState state) {
    return contents.rows.values().stream().filter(row -> row.state() == state).count();
  }
}
