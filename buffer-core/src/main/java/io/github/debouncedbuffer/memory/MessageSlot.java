// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.index.Nanos;
import io.github.debouncedbuffer.index.Slot;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key's row and its messages in the order of their sequences: a ring of which the newest is held,
 * so that appending and taking the oldest is quick, and one message takes one small object.
 */
final class MessageSlot extends Slot {

  /** A message and the next newer one; after the newest comes the oldest. */
  private static final class Node {
    final long sequence;
    final long arrivedAt;
    final @Nullable String id;
    final byte[] payload;
    Node next = this;

    Node(long sequence, long arrivedAt, @Nullable String id, byte[] payload) {
      this.sequence = sequence;
      this.arrivedAt = arrivedAt;
      this.id = id;
      this.payload = payload;
    }

    StoredMessage message() {
      return new StoredMessage(sequence, id, Nanos.toInstant(arrivedAt), payload, true);
    }
  }

  private @Nullable Node newest;

  MessageSlot(String key) {
    super(key);
  }

  @Override
  protected boolean isVacant() {
    return newest == null;
  }

  /** Behind all others, for its sequence is the greatest. */
  void append(long sequence, @Nullable String id, Instant arrivedAt, byte[] payload) {
    newest = behind(newest, new Node(sequence, Nanos.of(arrivedAt), id, payload));
  }

  private static Node behind(@Nullable Node tail, Node added) {
    if (tail != null) {
      added.next = tail.next;
      tail.next = added;
    }
    return added;
  }

  List<StoredMessage> read(MessageRange range) {
    List<StoredMessage> found = new ArrayList<>();
    Node node = newest == null ? null : newest.next;
    while (node != null
        && node.sequence <= range.throughSequence()
        && found.size() < range.limit()) {
      if (range.contains(node.sequence)) {
        found.add(node.message());
      }
      node = node == newest ? null : node.next;
    }
    return found;
  }

  /** Returns what was removed, in its order. */
  List<StoredMessage> remove(MessageRange range) {
    List<StoredMessage> removed = new ArrayList<>();
    Node before = null;
    Node node = newest == null ? null : newest.next;
    while (node != null && node.sequence <= range.throughSequence()) {
      if (range.contains(node.sequence)) {
        removed.add(node.message());
      } else {
        before = node;
      }
      node = node == newest ? null : node.next;
    }
    close(before, node);
    return removed;
  }

  /** Makes the ring run from {@code before} on to {@code rest}: what was between is left out. */
  private void close(@Nullable Node before, @Nullable Node rest) {
    Node tail = newest;
    if (tail == null || (before == null && rest == null)) {
      newest = null;
      return;
    }
    Node oldest = tail.next;
    if (before != null) {
      before.next = rest == null ? oldest : rest;
    } else if (rest != null) {
      tail.next = rest;
    }
    newest = rest == null ? before : tail;
  }

  /** Takes removed messages in again, each at its place. */
  void putBack(List<StoredMessage> removed) {
    List<StoredMessage> all = new ArrayList<>(removed);
    all.addAll(read(MessageRange.after(key(), 0)));
    all.sort(Comparator.comparingLong(StoredMessage::sequence));
    newest = null;
    for (StoredMessage m : all) {
      append(m.sequence(), m.messageId(), m.arrivedAt(), m.payload());
    }
  }

  /** When the oldest message arrived; null if there is none. */
  @Nullable Instant oldestArrival() {
    return newest == null ? null : Nanos.toInstant(newest.next.arrivedAt);
  }
}
