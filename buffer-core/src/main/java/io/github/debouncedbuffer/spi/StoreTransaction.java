// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One open transaction of a {@link BufferStore}. Every method reads what this transaction has
 * already written. Methods take collections, so that a group of commands costs a few statements and
 * not a few per message; an empty collection does nothing. All times are kept to the nanosecond.
 *
 * <p>Used by one thread, and not after {@link StoreWork#in} has returned.
 */
public interface StoreTransaction {

  /**
   * S2. Loads the rows of these keys; nobody else changes them, or creates an absent one, until
   * this transaction has ended.
   *
   * @param keys distinct keys
   * @return the rows that exist, by key
   */
  Map<String, KeyRow> lock(Collection<String> keys);

  /**
   * S14. The present time. A store with a {@link BufferStore#lease} answers by its own clock, the
   * same for all nodes, read after the rows were locked for which {@link #lock} was called before;
   * every other store answers what it was told.
   *
   * @param clock the time by the buffer's clock
   * @return the time by which this transaction decides
   */
  default Instant now(Instant clock) {
    return clock;
  }

  /**
   * S3. Loads and locks rows whose {@code dueAt} is at or before {@code now}, earliest first, equal
   * ones in any fixed order. Rows that somebody else holds are skipped, not waited for.
   *
   * @param now the time to compare with, inclusive
   * @param limit at most so many rows, at least 1
   * @param recoveredToo whether rows with a recovered batch are wanted too
   * @return the rows, earliest due first
   */
  List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo);

  /**
   * S4. Loads and locks rows that recovery has to decide about: those that are {@link
   * KeyState#RUNNING} without a {@link BatchRow#leaseUntil} or with one at or before {@code now},
   * and those that a clock ahead of {@code now} has written ({@link WindowRow#countsFrom} or {@link
   * BatchRow#since} later than {@code now}). Called before anything else after opening, again and
   * again until it returns nothing; with a lease also later, and rows that somebody else holds are
   * skipped.
   *
   * @param now the present time
   * @param limit at most so many rows, at least 1
   * @return the rows, in any order
   */
  List<KeyRow> lockForRecovery(Instant now, int limit);

  /**
   * S5. Finds out which message ids are remembered: those of stored messages, dead letters
   * included, and those whose retention ends after {@code now}, however many others wait for {@link
   * #forgetIds}.
   *
   * @param ids distinct pairs of key and id
   * @param now the present time
   * @return the sequence under which each remembered id was last appended
   */
  Map<MessageId, Long> known(Collection<MessageId> ids, Instant now);

  /**
   * S6. Stores messages and, in the same transaction, remembers their ids; an id that is remembered
   * already then belongs to the new message. Sequences are consecutive in the order of the list.
   * They come from a persisted counter of the whole store and are never used again, whatever was
   * deleted meanwhile.
   *
   * @param messages what to store
   * @return the sequence of the first one; at least 1
   */
  long append(List<NewMessage> messages);

  /**
   * S7. Reads messages in the order of their sequences, {@link MessageRange#limit} at most for each
   * range.
   *
   * @param ranges which messages; each key at most once
   * @return the messages of each range by key; a key without any has an empty list or no entry
   */
  Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges);

  /**
   * S8. Removes exactly the messages in these ranges (their limits do not count), in the
   * transaction that also decides whether the key goes idle. Their ids stay remembered until {@code
   * forgetIdsAt}, those apart that were appended anew. Removing what is already gone changes
   * nothing.
   *
   * @param ranges what to remove
   * @param forgetIdsAt when the retention of the ids ends
   */
  void delete(Collection<MessageRange> ranges, Instant forgetIdsAt);

  /**
   * S9. Inserts or replaces whole rows. A row reads back equal to what was saved.
   *
   * @param rows one row per key
   */
  void save(Collection<KeyRow> rows);

  /**
   * S9. Removes the rows of keys that went idle, so that nothing is left of them. Absent rows are
   * no error.
   *
   * @param keys whose rows to remove
   */
  void remove(Collection<String> keys);

  /**
   * S10. The earliest {@code dueAt} of all rows, locked or not.
   *
   * @param recoveredToo whether rows with a recovered batch count
   * @return empty if no row has a due time
   */
  Optional<Instant> nextDue(boolean recoveredToo);

  /**
   * S11. Draws fencing tokens from a persisted counter of the whole store that is never reset and
   * never gives a number twice.
   *
   * @param count how many, at least 1
   * @return the first of {@code count} consecutive tokens; at least 1
   */
  long nextTokens(int count);

  /**
   * S12. Moves the messages of {@code range} to a dead letter: they are no longer read by {@link
   * #read}, counted by {@link #pendingMessages} or removed by {@link #delete}. Their ids stay
   * remembered.
   *
   * @param letter what to write beside them; its id is new
   * @param range which messages; its limit does not count
   */
  void bury(DeadLetterRow letter, MessageRange range);

  /**
   * S12. Lists dead letters in the order of their ids.
   *
   * @param afterId only ids greater than this one; 0 for all
   * @param limit at most so many, at least 1
   * @return the letters with their messages
   */
  List<BuriedLetter> deadLetters(long afterId, int limit);

  /**
   * S12. Removes a dead letter and its messages. An id that still belongs to one of these messages
   * stays remembered until {@code forgetIdsAt}; one that was appended anew is left alone.
   *
   * @param id which letter; an absent one is no error
   * @param forgetIdsAt when the retention of the ids ends
   */
  void removeDeadLetter(long id, Instant forgetIdsAt);

  /**
   * S13. Removes all messages of a key, its dead letters and its remembered ids. Its row is not
   * touched; {@link #save} or {@link #remove} follows. Once the transaction is committed nothing of
   * what was removed, by this or earlier, can be read from the medium any more; what keeps the
   * store from that (a reader of its files, say) it logs, and tries again. The same holds when the
   * row of a running batch without members is removed.
   *
   * @param key whose data
   * @return how many messages were removed, dead ones included
   */
  int erase(String key);

  /**
   * S16. An object of the store's own, through which a handler's work becomes part of this
   * transaction; see {@link BufferStore#offers}. It is of no use after the transaction, cannot end
   * it, and what fails in it fails the transaction.
   *
   * @param type of the object
   * @param <T> its type
   * @return the object
   * @throws IllegalArgumentException if the store does not offer such
   */
  default <T> T unwrap(Class<T> type) {
    throw new IllegalArgumentException("this store offers no " + type.getName());
  }

  /**
   * Ends the retention of ids whose time is at or before {@code now}, a small step at a time.
   *
   * @param now the present time
   * @param limit at most so many ids, at least 1
   * @return how many were forgotten
   */
  int forgetIds(Instant now, int limit);

  /**
   * How many messages are stored and not dead. Called for each group of submits: it must not count
   * rows.
   *
   * @return 0 or more
   */
  long pendingMessages();

  /**
   * Counts for operators. May read every key row; called only when somebody asks for it.
   *
   * @return the counts as this transaction sees them
   */
  StoreStats stats();
}
