// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells the page how a few keys stand, at each step of the buffer. What it tells is not pieced
 * together from the events: each makes it look the key up, so that it is right after a restart too.
 *
 * <p>Remembers as much as the keys that it was made for. Thread-safe. Its lock is held while the
 * buffer is asked, so that an older answer never follows a newer one; the buffer calls nobody while
 * it answers.
 */
final class LiveFeed implements BufferListener {

  private static final int MOST_LETTERS = 1_000;

  private final Map<String, KeyView> views = new LinkedHashMap<>();
  private final Subscribers subscribers;
  private @Nullable DebouncedBuffer<?> buffer;

  /** Watches these keys and no other. */
  LiveFeed(List<String> keys, Subscribers subscribers) {
    this.subscribers = subscribers;
    keys.forEach(key -> views.put(key, KeyView.idle(key)));
    subscribers.greetWith(this::present);
  }

  /** From here on it knows how the keys stand; first of all, what the last process has left. */
  synchronized void watch(DebouncedBuffer<?> started) {
    buffer = started;
    List.copyOf(views.values()).forEach(view -> tell(view.key(), view.last(), this::letters));
  }

  private synchronized List<String> present() {
    return views.values().stream().map(LiveFeed::event).toList();
  }

  private static String event(KeyView view) {
    return Sse.event("key", view.json(Instant.now()));
  }

  private void tell(String key, String words) {
    tell(key, words, view -> view);
  }

  private synchronized void tell(String key, String words, UnaryOperator<KeyView> change) {
    KeyView before = views.get(key);
    if (before == null) {
      return;
    }
    if (buffer == null) { // It is about to start, and recovers.
      views.put(key, before.last(words));
      return;
    }
    try {
      KeyView after = change.apply(before.now(buffer.inspect(key)).last(words));
      views.put(key, after);
      subscribers.send(event(after));
    } catch (BufferClosedException closed) {
      return; // What it would tell is told by the next process.
    }
  }

  /** The end of a bar: the picture has changed, too. */
  private void ended(String key, String words) {
    tell(key, words);
    subscribers.send(Sse.event("picture", Map.of()));
  }

  private synchronized KeyView letters(KeyView view) {
    if (buffer == null) {
      return view;
    }
    long dead =
        buffer.deadLetters(0, MOST_LETTERS).stream()
            .filter(letter -> letter.key().equals(view.key()))
            .count();
    return view.dead((int) dead);
  }

  @Override
  public void recovered(BatchInfo batch, Instant at) {
    ended(batch.key(), "recovered: this batch was running when the last process died");
  }

  @Override
  public void submitted(String key, Receipt receipt, Instant at) {
    if (receipt.isDuplicate()) {
      tell(key, "delivered again: it is stored already", KeyView::redeliveredOnceMore);
    } else {
      tell(key, receipt.late() ? "late: in the follow-up" : "stored");
    }
  }

  @Override
  public void extended(String key, Instant dueAt, Instant at) {
    tell(key, "the window: when it is due was decided anew");
  }

  @Override
  public void claimed(BatchInfo batch, Instant dueAt, Instant at) {
    tell(batch.key(), "claimed: the AI answers");
  }

  @Override
  public void timedOut(BatchInfo batch, Instant at) {
    tell(batch.key(), "timed out: interrupted, and waited for");
  }

  @Override
  public void absorbed(BatchInfo batch, int messages, Instant at) {
    tell(batch.key(), "absorbed: late messages joined the batch");
  }

  @Override
  public void completedInPart(BatchInfo batch, int messages, Instant at) {
    ended(batch.key(), "completed in part");
  }

  @Override
  public void completed(BatchInfo batch, Duration took, Instant at) {
    ended(batch.key(), "completed: answered");
  }

  @Override
  public void followedUp(String key, int late, Instant startedAt, Instant dueAt, Instant at) {
    tell(key, "follow-up: a window for what came late");
  }

  @Override
  public void superseded(BatchInfo batch, Instant dueAt, Instant at) {
    ended(batch.key(), "superseded: all will be answered together");
  }

  @Override
  public void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
    ended(batch.key(), "failed: the same batch will be tried again");
  }

  @Override
  public void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
    tell(batch.key(), "given up: kept as a dead letter", this::letters);
    subscribers.send(Sse.event("picture", Map.of()));
  }

  @Override
  public void discarded(String key, int messages, Instant at) {
    tell(key, "discarded");
  }

  @Override
  public void withdrawn(String key, Instant at) {
    tell(key, "withdrawn");
  }

  @Override
  public void erased(String key, int messages, Instant at) {
    tell(key, "erased", this::letters);
  }
}
