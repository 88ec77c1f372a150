// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Collects the messages of each key durably and hands them to a {@link Handler} as one batch when
 * the key's window is due. A message that arrives while a batch is being handled is never orphaned:
 * the completion of the batch checks for it in the same transaction and opens its window.
 *
 * <p>At-least-once: after a crash or a timeout a batch can run again, with the same {@link
 * Batch#id}.
 *
 * <p>Thread-safe. Keys are 1 to 512 bytes of UTF-8 without NUL and lone surrogates; keys that
 * differ in case or normal form are different keys. Every method throws {@link
 * BufferClosedException} once the buffer is closed, {@link IllegalArgumentException} for a bad key
 * and {@link StoreException} if the store failed; the blocking ones throw {@link
 * java.util.concurrent.CancellationException} if the thread is interrupted before the command was
 * taken (nothing is changed then), and else wait for the outcome; the interrupt flag stays set
 * either way.
 *
 * @param <P> the payload
 */
public interface DebouncedBuffer<P> extends AutoCloseable {

  /**
   * Begins to set up a buffer.
   *
   * @param codec turns payloads into bytes and back
   * @param <P> the payload
   * @return a builder; store, window and handler have to be given
   */
  static <P> DebouncedBufferBuilder<P> builder(Codec<P> codec) {
    return new DebouncedBufferBuilder<>(codec);
  }

  /**
   * Hands in a message without an id: it is stored each time that it is submitted.
   *
   * @param key whose message it is
   * @param payload what to hand to the handler
   * @return the receipt; when this method returns the message is durable
   * @throws BufferFullException if a limit is reached
   */
  default Receipt submit(String key, P payload) {
    return submit(key, null, payload);
  }

  /**
   * Hands in a message. A message with the same key and id is stored once, until the retention that
   * begins when it was handled has ended.
   *
   * @param key whose message it is
   * @param messageId the provider's id of the message, within the same bounds as a key; null for
   *     none
   * @param payload what to hand to the handler
   * @return the receipt; when this method returns the message is durable
   * @throws BufferFullException if a limit is reached; nothing is stored
   * @throws StoreException if the store failed; nothing is stored, except after {@link
   *     StoreException.Reason#OUTCOME_UNKNOWN}, when submitting again with the same id is safe
   */
  Receipt submit(String key, @Nullable String messageId, P payload);

  /**
   * Hands in a message without waiting. Never blocks: if too many submits are queued the stage
   * fails with {@link BufferFullException}. The stage ends on the buffer's executor.
   *
   * @param key whose message it is
   * @param messageId the provider's id of the message; null for none
   * @param payload what to hand to the handler
   * @return ends with the receipt, or with what {@link #submit} would have thrown
   */
  CompletionStage<Receipt> submitAsync(String key, @Nullable String messageId, P payload);

  /**
   * Makes the key's window (while a batch runs or backs off: its follow-up) due now. No later
   * message moves it out again. A backoff is not shortened.
   *
   * @param key whose window
   * @return false if the key has no message outside a batch
   */
  boolean flush(String key);

  /**
   * Asks the key's window (while a batch runs or backs off: its follow-up) to wait longer, because
   * the customer is typing, say. The window never waits beyond its {@code maxWait}; it is never
   * made to wait shorter. A flushed or full window stays due.
   *
   * @param key whose window
   * @param until to when; at most 365 days ahead
   * @return the open window's due time; empty if none is open
   * @throws IllegalStateException if the window is fixed and its policy names no cap (see {@link
   *     WindowPolicy#extendableTo})
   */
  Optional<Instant> extend(String key, Instant until);

  /**
   * Throws away the key's pending messages, except those of a batch that is running. Their ids stay
   * remembered for the retention.
   *
   * @param key whose messages
   * @return what was thrown away, in order, with the encoded payloads; unmodifiable
   */
  List<Message<byte[]>> discard(String key);

  /**
   * Takes back one message, because its customer has deleted it, say. Its id stays remembered for
   * the retention, so that it is not taken for a new one if it is delivered again.
   *
   * @param key whose message it is
   * @param messageId under which it was submitted
   * @return false if no such message waits outside a batch: it is unknown, in a batch, handled or
   *     dead, and nothing was changed
   */
  boolean withdraw(String key, String messageId);

  /**
   * Removes all that is stored of a key, for a privacy request: pending messages, dead letters and
   * remembered message ids. A store on disk overwrites it there before this method returns; if a
   * reader of the files is in the way, that is logged, and done with the first change after it has
   * ended; after a failure of the disk, at the next start. Backups, and what the disk keeps for
   * itself, are out of its reach. If a batch of the key is running, its messages are gone all the
   * same: its handler may finish, {@link Batch#ensureCurrent} throws, it is not tried again, and
   * the key itself stays stored until it has ended. What is submitted afterwards is new; behind a
   * batch that still runs it is of that chain, with its original start.
   *
   * @param key whose data
   * @return how many messages were removed, dead ones included
   */
  int erase(String key);

  /**
   * How a key stands.
   *
   * @param key which key
   * @return empty if it is idle
   */
  Optional<KeySnapshot> inspect(String key);

  /**
   * Counts for operators; may read every key's row, so not for each message.
   *
   * @return the counts of this instant
   */
  BufferStats stats();

  /**
   * Lists dead letters in the order of their ids.
   *
   * @param afterId only ids greater than this one; 0 for all
   * @param limit at most so many; 1 to 1,000
   * @return the letters; unmodifiable
   */
  List<DeadLetter> deadLetters(long afterId, int limit);

  /**
   * Submits a dead letter's messages anew, with their ids, and removes it: they arrive now, in a
   * new batch that starts at attempt 1.
   *
   * @param deadLetterId which one
   * @return false if there is none with this id
   * @throws BufferFullException if a limit is reached; the dead letter stays
   * @throws IllegalStateException if a message is damaged (its checksum is wrong); the dead letter
   *     stays, and can only be removed
   */
  boolean redrive(long deadLetterId);

  /**
   * Throws a dead letter away. Its message ids stay remembered for the retention.
   *
   * @param deadLetterId which one
   * @return false if there is none with this id
   */
  boolean removeDeadLetter(long deadLetterId);

  /**
   * Closes with the close timeout that was set up. Called by a handler, it returns at once and
   * takes effect when that run has ended. Closing again waits for the first close.
   */
  @Override
  void close();

  /**
   * Stops accepting and claiming, waits for the handlers that run, up to a limit, interrupts those
   * that still do, and closes the store. What is pending is handed over after the next start. The
   * attempt of a run that close interrupted does not count. A handler that does not return even
   * then is reported; its batch is taken over at the next start as if the process had died.
   *
   * @param limit how long to wait for handlers; zero or more
   * @return ends with the number of handlers that had not returned
   */
  CompletionStage<Integer> closeAsync(Duration limit);
}
