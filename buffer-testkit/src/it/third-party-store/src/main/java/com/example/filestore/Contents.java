// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.filestore;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that is stored. A transaction changes a copy, which takes the original's place at commit. */
final class Contents {

  /** Where a message lies: the messages of a key are together, in the order of their sequences. */
  record Place(String key, long sequence) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byKey = key.compareTo(other.key);
      return byKey != 0 ? byKey : Long.compare(sequence, other.sequence);
    }
  }

  /** An id's last message, and when to forget it: null as long as that message is stored. */
  record Remembered(long sequence, Instant forgetAt) {}

  final String storeId;
  final Map<String, KeyRow> rows = new HashMap<>();
  final TreeMap<Place, StoredMessage> messages = new TreeMap<>();
  final TreeMap<Long, BuriedLetter> letters = new TreeMap<>();
  final Map<MessageId, Remembered> ids = new HashMap<>();
  long nextSequence = 1;
  long nextToken = 1;

  Contents(String storeId) {
    this.storeId = storeId;
  }

  Contents copy() {
    var copy = new Contents(storeId);
    copy.rows.putAll(rows);
    copy.messages.putAll(messages);
    copy.letters.putAll(letters);
    copy.ids.putAll(ids);
    copy.nextSequence = nextSequence;
    copy.nextToken = nextToken;
    return copy;
  }

  /** The messages of a range, without regard to its limit; a view. */
  private Collection<StoredMessage> in(MessageRange range) {
    String key = range.key();
    long from = Math.min(range.afterSequence(), range.throughSequence());
    return messages
        .subMap(new Place(key, from), false, new Place(key, range.throughSequence()), true)
        .values();
  }

  List<StoredMessage> read(MessageRange range) {
    return in(range).stream().limit(range.limit()).toList();
  }

  List<StoredMessage> take(MessageRange range) {
    List<StoredMessage> taken = List.copyOf(in(range));
    in(range).clear();
    return taken;
  }

  /** The messages have ended: ids that are still theirs are kept until then. */
  void keepIds(String key, List<StoredMessage> ended, Instant forgetAt) {
    for (StoredMessage message : ended) {
      ids.computeIfPresent(
          new MessageId(key, message.messageId()),
          (id, kept) ->
              kept.sequence() == message.sequence()
                  ? new Remembered(kept.sequence(), forgetAt)
                  : kept);
    }
  }
}
