// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The meters of one buffer. As its listener it counts and times each step, from the start on; the
 * gauges need the buffer itself, so it is watched when it has started:
 *
 * <pre>{@code
 * var metrics = DebouncedBufferMetrics.of(registry, "chat");
 * var buffer = metrics.watch(
 *     DebouncedBuffer.builder(Codec.utf8())
 *         // ... store, window, handler ...
 *         .listener(metrics)
 *         .start());
 * }</pre>
 *
 * <p>All names begin with {@code debounced.buffer.}; docs/metrics.md lists them. No tag ever has a
 * key, an id or a payload: there are the buffer's name, statuses, states and reasons.
 *
 * <p>A buffer that is started again in the same process, with new metrics of the same name and
 * registry, goes on with the counters of the one before and takes over its gauges. Two buffers at
 * once need two names.
 *
 * <p>Thread-safe.
 */
public final class DebouncedBufferMetrics implements BufferListener {

  private static final Duration STATS_AGE = Duration.ofSeconds(10);

  private final MeterRegistry registry;
  private final Tags tags;
  private final Duration statsAge;
  private final Executor asker;
  private final StepMeters meters;

  private DebouncedBufferMetrics(
      MeterRegistry registry, String name, Duration statsAge, Executor asker) {
    this.registry = requireNonNull(registry, "registry");
    this.tags = Tags.of("buffer", named(name));
    this.statsAge = notNegative(statsAge);
    this.asker = requireNonNull(asker, "asker");
    this.meters = new StepMeters(registry, tags);
  }

  /**
   * Registers the counters and timers of a buffer that is about to be set up. Its gauges are at
   * most ten seconds old.
   *
   * @param registry where they go
   * @param name the buffer's name, the value of the tag {@code buffer}; not blank
   * @return the listener to give to the buffer's builder
   * @throws IllegalArgumentException if the name is blank
   */
  public static DebouncedBufferMetrics of(MeterRegistry registry, String name) {
    return of(registry, name, STATS_AGE, DebouncedBufferMetrics::onThreadOfItsOwn);
  }

  /**
   * Registers the counters and timers of a buffer that is about to be set up.
   *
   * @param registry where they go
   * @param name the buffer's name, the value of the tag {@code buffer}; not blank
   * @param statsAge all gauges are read from one {@link DebouncedBuffer#stats}, which may read
   *     every key's row: it is asked for again only when it is as old as this; zero or more
   * @param asker where the buffer is asked, so that who reads a gauge waits for a second at the
   *     most; {@code Runnable::run} asks on the reader's own thread, as tests in virtual time need
   *     it, and waits for as long as the store takes
   * @return the listener to give to the buffer's builder
   * @throws IllegalArgumentException if the name is blank or the age is negative
   */
  public static DebouncedBufferMetrics of(
      MeterRegistry registry, String name, Duration statsAge, Executor asker) {
    return new DebouncedBufferMetrics(registry, name, statsAge, asker);
  }

  /**
   * Registers the gauges of the buffer, in the place of those that its name had before. They are
   * NaN once the buffer is closed, and while it does not answer.
   *
   * @param buffer the buffer that this listens to
   * @param <P> the payload
   * @return the same buffer
   */
  public <P> DebouncedBuffer<P> watch(DebouncedBuffer<P> buffer) {
    requireNonNull(buffer, "buffer");
    new StatsGauges(
            new LatestStats(buffer::stats, statsAge, asker, registry.config().clock()), tags)
        .bindTo(registry);
    return buffer;
  }

  @Override
  public void recovered(BatchInfo batch, Instant at) {
    meters.recovered.increment();
  }

  @Override
  public void submitted(String key, Receipt receipt, Instant at) {
    meters.submitted(receipt.status()).increment();
    if (receipt.late()) {
      meters.late.increment();
    }
  }

  @Override
  public void claimed(BatchInfo batch, Instant dueAt, Instant at) {
    meters.claimed.increment();
    meters.lateness.record(Duration.between(dueAt, at));
    if (batch.attempt() == 1) {
      meters.waiting.record(Duration.between(batch.openedAt(), at));
    }
  }

  @Override
  public void timedOut(BatchInfo batch, Instant at) {
    meters.timedOut.increment();
  }

  @Override
  public void lost(BatchInfo batch, Instant at) {
    meters.lost.increment();
  }

  @Override
  public void absorbed(BatchInfo batch, int messages, Instant at) {
    meters.absorbed.increment(messages);
  }

  @Override
  public void completedInPart(BatchInfo batch, int messages, Instant at) {
    meters.completedInPart.increment();
  }

  @Override
  public void completed(BatchInfo batch, Duration took, Instant at) {
    meters.completed.increment();
    meters.handling.record(took);
    meters.batchSize.record(batch.messages());
    meters.attempts.record(batch.attempt());
  }

  @Override
  public void superseded(BatchInfo batch, Instant dueAt, Instant at) {
    meters.superseded.increment();
  }

  @Override
  public void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
    meters.backedOff.increment();
  }

  @Override
  public void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
    meters.deadLettered(reason).increment();
  }

  @Override
  public void discarded(String key, int messages, Instant at) {
    meters.discarded.increment(messages);
  }

  @Override
  public void withdrawn(String key, Instant at) {
    meters.withdrawn.increment();
  }

  @Override
  public void erased(String key, int messages, Instant at) {
    meters.erased.increment(messages);
  }

  @Override
  public void storeFailed(StoreException failure, Instant at) {
    meters.storeFailures(failure.reason()).increment();
  }

  private static String named(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the buffer's name is blank; it tells buffers apart");
    }
    return name;
  }

  private static Duration notNegative(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("statsAge " + age + " must be zero or more");
    }
    return age;
  }

  private static void onThreadOfItsOwn(Runnable question) {
    Thread thread = new Thread(question, "debounced-buffer-metrics");
    thread.setDaemon(true);
    thread.start();
  }
}
