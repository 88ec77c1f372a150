// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferStats;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.KeySnapshot;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The buffer: callers' questions go to the commit lane, the {@link Dispatcher} does the rest.
 *
 * @param <P> the payload
 */
public final class Engine<P> implements DebouncedBuffer<P> {

  private final Settings<P> settings;
  private final Parts parts;
  private final Dispatcher<P> dispatcher;
  private final Reporter reporter;
  private final KeySteps steps;
  private final RemovalSteps removals;
  private final Submissions<P> submissions;
  private final Callbacks callbacks;
  private final @Nullable Heartbeat heartbeat;
  private final Closing closing;

  private Engine(Settings<P> settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    Events events = new Events(settings.listener(), parts.executor());
    this.reporter = new Reporter(settings.store().storeId(), events);
    this.submissions = new Submissions<>(settings);
    this.callbacks = new Callbacks(parts.executor());
    this.dispatcher =
        new Dispatcher<>(
            settings,
            parts.clock(),
            parts.executor(),
            parts.commitExecutor(),
            reporter,
            this::storeBroke,
            this::runEnded);
    this.steps = new KeySteps(reporter, settings.limits(), dispatcher::arrived);
    this.removals = new RemovalSteps(reporter);
    this.heartbeat =
        settings
            .store()
            .lease()
            .map(each -> new Heartbeat(each, dispatcher, parts.clock(), settings.retry(), reporter))
            .orElse(null);
    this.closing =
        new Closing(
            parts.clock(),
            new EngineParts(dispatcher, heartbeat, reporter, parts, settings.store()));
  }

  /**
   * Recovers and begins to hand over.
   *
   * @param settings complete and checked
   * @param <P> the payload
   * @return the running buffer
   */
  public static <P> DebouncedBuffer<P> start(Settings<P> settings) {
    Parts parts = Parts.of(settings);
    try {
      Engine<P> engine = new Engine<>(settings, parts);
      Recovery.run(
          settings.store(),
          parts.clock(),
          settings.retry(),
          settings.idRetention(),
          engine.reporter);
      engine.begin();
      return engine;
    } catch (Throwable failed) {
      parts.close();
      settings.store().close();
      throw failed;
    }
  }

  private void begin() {
    if (heartbeat != null) {
      settings.store().listen(dispatcher::sooner);
      heartbeat.start();
    }
    dispatcher.claim();
  }

  @Override
  public Receipt submit(String key, @Nullable String messageId, P payload) {
    return ask(submission(key, messageId, payload));
  }

  @Override
  public CompletionStage<Receipt> submitAsync(String key, @Nullable String messageId, P payload) {
    Submit submit;
    try {
      submit = submission(key, messageId, payload);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedStage(refused);
    }
    CompletableFuture<Receipt> told = submit.toldBy(callbacks);
    dispatcher.lane().put(submit, false);
    return told;
  }

  private Submit submission(String key, @Nullable String messageId, P payload) {
    checkOpen();
    return new Submit(
        submissions.of(key, messageId, payload), settings.limits(), reporter, dispatcher::arrived);
  }

  @Override
  public boolean flush(String key) {
    return ask(about(key, unit -> steps.flush(unit, key)));
  }

  @Override
  public Optional<Instant> extend(String key, Instant until) {
    Objects.requireNonNull(until, "until");
    submissions.checkUntil(until, parts.clock().now());
    return ask(about(key, unit -> steps.extend(unit, key, until)));
  }

  @Override
  public List<Message<byte[]>> discard(String key) {
    return ask(about(key, unit -> removals.discard(unit, key)));
  }

  @Override
  public boolean withdraw(String key, String messageId) {
    MessageId id = new MessageId(Texts.checked("key", key), Texts.checked("messageId", messageId));
    return ask(new Question<>(List.of(key), id, unit -> removals.withdraw(unit, id)));
  }

  @Override
  public int erase(String key) {
    return ask(about(key, unit -> removals.erase(unit, key)));
  }

  @Override
  public Optional<KeySnapshot> inspect(String key) {
    return ask(about(key, unit -> steps.inspect(unit, key)));
  }

  private static <R> Question<R> about(String key, Function<Unit, Supplier<R>> step) {
    return new Question<>(List.of(Texts.checked("key", key)), step);
  }

  @Override
  public BufferStats stats() {
    return ask(
        new Question<>(
            List.of(),
            unit -> {
              var stored = unit.transaction.stats();
              return () ->
                  reporter.stats(
                      stored,
                      dispatcher.runs().inProgress().size(),
                      dispatcher.lane().queued(),
                      unit.now);
            }));
  }

  @Override
  public List<DeadLetter> deadLetters(long afterId, int limit) {
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("limit " + limit + " must be from 1 to 1,000");
    }
    return ask(new Question<>(List.of(), unit -> KeySteps.deadLetters(unit, afterId, limit)));
  }

  @Override
  public boolean redrive(long deadLetterId) {
    List<DeadLetter> found = deadLetters(deadLetterId - 1, 1);
    if (found.isEmpty() || found.get(0).id() != deadLetterId) {
      return false;
    }
    PolicyRow policy = submissions.policy(found.get(0).key()); // the user's code: before the lane
    return ask(new Question<>(List.of(), unit -> steps.redrive(unit, deadLetterId, policy)));
  }

  @Override
  public boolean removeDeadLetter(long deadLetterId) {
    return ask(new Question<>(List.of(), unit -> KeySteps.removeDeadLetter(unit, deadLetterId)));
  }

  private void storeBroke(StoreException why) {
    closing.begin(Duration.ZERO);
  }

  private void runEnded() {
    closing.runEnded();
  }

  private void checkOpen() {
    if (closing.hasBegun()) {
      throw new BufferClosedException("the buffer is closed or closing; nothing was stored");
    }
  }

  private <R> R ask(Question<R> question) {
    checkOpen();
    dispatcher.lane().put(question, parts.callersMayCommit());
    return question.await(parts.clock());
  }

  @Override
  public void close() {
    closing.begin(settings.closeTimeout());
    if (!isOnHandler()) {
      closing.await();
    }
  }

  private boolean isOnHandler() {
    Thread current = Thread.currentThread();
    return dispatcher.runs().inProgress().stream().anyMatch(run -> run.state.isOn(current));
  }

  @Override
  public CompletionStage<Integer> closeAsync(Duration limit) {
    submissions.checkLimit(limit);
    closing.begin(limit);
    return closing.closed().minimalCompletionStage();
  }
}
