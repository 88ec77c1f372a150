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
import io.github.debouncedbuffer.spi.PolicyRow;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buffer: callers' questions go to the commit lane, the {@link Dispatcher} does the rest.
 *
 * @param <P> the payload
 */
public final class Engine<P> implements DebouncedBuffer<P> {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  private final Settings<P> settings;
  private final Parts parts;
  private final Dispatcher<P> dispatcher;
  private final Reporter reporter;
  private final KeySteps steps;
  private final Submissions<P> submissions;
  private final Callbacks callbacks;
  private final Closing closing;

  private Engine(Settings<P> settings, Parts parts) {
    this.settings = settings;
    this.parts = parts;
    Events events = new Events(settings.listener(), parts.executor());
    this.reporter = new Reporter(settings.store().storeId(), events);
    this.submissions = new Submissions<>(settings);
    this.callbacks = new Callbacks(parts.executor());
    this.steps = new KeySteps(reporter, settings.limits());
    this.closing = new Closing(parts.clock(), new ClosingParts());
    this.dispatcher =
        new Dispatcher<>(
            settings,
            parts.clock(),
            parts.executor(),
            parts.commitExecutor(),
            reporter,
            why -> closing.begin(Duration.ZERO),
            () -> closing.runEnded());
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
      engine.dispatcher.claim();
      return engine;
    } catch (Throwable failed) {
      parts.close();
      settings.store().close();
      throw failed;
    }
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
    return new Submit(submissions.of(key, messageId, payload), settings.limits(), reporter);
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
    return ask(about(key, unit -> steps.discard(unit, key)));
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

  /** What closing does to this engine. */
  private final class ClosingParts implements Closing.Parts {
    @Override
    public void stop() {
      dispatcher.stop();
    }

    @Override
    public int inProgress() {
      return dispatcher.runs().open();
    }

    @Override
    public void interruptRuns() {
      dispatcher.interruptRuns();
    }

    @Override
    public void onLane(Runnable then) {
      dispatcher.lane().putOwn(new Passing(then));
    }

    @Override
    public void endLane(Runnable then) {
      dispatcher.lane().end(then);
    }

    @Override
    public void release(int survivors) {
      reporter.closed(survivors, parts.clock().now());
      try {
        settings.store().close();
      } catch (RuntimeException failed) {
        log.error("Closing the store failed", failed);
      } finally {
        parts.close();
      }
    }
  }
}
