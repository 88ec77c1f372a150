// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import io.github.debouncedbuffer.BufferStats;
import io.github.debouncedbuffer.spi.KeyState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The figures of {@link BufferStats} that are of an instant, the one to watch first. */
final class StatsGauges implements MeterBinder {

  private final LatestStats stats;
  private final Tags tags;

  StatsGauges(LatestStats stats, Tags tags) {
    this.stats = stats;
    this.tags = tags;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    oldestPending(registry);
    gauge(
        registry,
        "pending",
        "messages",
        "Messages accepted, and neither handled nor given up",
        s -> s.store().pendingMessages());
    keys(registry, KeyState.WAITING, s -> s.store().waitingKeys());
    keys(registry, KeyState.RUNNING, s -> s.store().runningKeys());
    keys(registry, KeyState.BACKING_OFF, s -> s.store().backingOffKeys());
    gauge(registry, "dead.letters", null, "Dead letters kept", s -> s.store().deadLetters());
    gauge(
        registry,
        "remembered.ids",
        null,
        "Message ids kept to know duplicates by",
        s -> s.store().rememberedIds());
    gauge(registry, "runs", null, "Runs in progress", BufferStats::runs);
    gauge(
        registry,
        "queued.submits",
        null,
        "Submits that wait for their commit",
        BufferStats::queuedSubmits);
    gauge(
        registry, "log", "bytes", "Size of the store's write-ahead log", s -> s.store().logBytes());
    gauge(
        registry,
        "events.dropped",
        null,
        "Events since the start that no counter here has seen",
        BufferStats::listenerEventsDropped);
  }

  private void oldestPending(MeterRegistry registry) {
    String name = StepMeters.PREFIX + "oldest.pending";
    removeEarlier(registry, name, tags);
    TimeGauge.builder(name, stats, TimeUnit.SECONDS, latest -> latest.read(StatsGauges::oldest))
        .tags(tags)
        .description("For how long the oldest pending message has been waiting")
        .strongReference(true)
        .register(registry);
  }

  private static double oldest(BufferStats stats) {
    return stats.oldestPending().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private void keys(MeterRegistry registry, KeyState state, ToDoubleFunction<BufferStats> figure) {
    Tags withState = tags.and("state", StepMeters.lowerCase(state));
    gauge(registry, "keys", withState, null, "Keys that are not idle", figure);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<BufferStats> figure) {
    gauge(registry, name, tags, unit, description, figure);
  }

  /** Strong: the registry would forget what nobody else holds. */
  private void gauge(
      MeterRegistry registry,
      String name,
      Tags all,
      @Nullable String unit,
      String description,
      ToDoubleFunction<BufferStats> figure) {
    removeEarlier(registry, StepMeters.PREFIX + name, all);
    Gauge.builder(StepMeters.PREFIX + name, stats, latest -> latest.read(figure))
        .tags(all)
        .baseUnit(unit)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Registering a gauge twice would leave the first one, of a buffer that is closed. */
  private static void removeEarlier(MeterRegistry registry, String name, Tags all) {
    var unused =
        registry.removeByPreFilterId(new Meter.Id(name, all, null, null, Meter.Type.GAUGE));
  }
}
