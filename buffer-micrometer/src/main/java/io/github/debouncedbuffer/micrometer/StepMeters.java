// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.StoreException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each step counts and times, in the order of the flow. All are registered at once, so that
 * each is seen at zero before it first happens.
 */
final class StepMeters {

  static final String PREFIX = "debounced.buffer.";

  private static final String MESSAGES = "messages";
  private static final String BATCHES = "batches";

  private final MeterRegistry registry;
  private final Tags tags;

  final Counter recovered;
  private final Map<Receipt.Status, Counter> submitted;
  final Counter late;
  final Counter claimed;
  final Timer lateness;
  final Timer waiting;
  final Counter timedOut;
  final Counter lost;
  final Counter absorbed;
  final Counter completedInPart;
  final Counter completed;
  final Timer handling;
  final DistributionSummary batchSize;
  final DistributionSummary attempts;
  final Counter superseded;
  final Counter backedOff;
  private final Map<DeadLetter.Reason, Counter> deadLettered;
  final Counter discarded;
  final Counter withdrawn;
  final Counter erased;
  private final Map<StoreException.Reason, Counter> storeFailures;

  StepMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    recovered = counter("recovered", BATCHES, "Batches taken over from a process that died");
    submitted =
        counters(
            Receipt.Status.class, "submitted", "status", MESSAGES, "Messages that got a receipt");
    late = counter("late", MESSAGES, "Messages accepted while a batch of their key was in work");
    claimed = counter("claimed", BATCHES, "Batches claimed, each attempt counted");
    lateness = timer("lateness", "From the time that a batch was due to its claim");
    waiting = timer("wait", "From the arrival of a batch's oldest message to its first claim");
    timedOut = counter("timed.out", "runs", "Runs longer than the handler timeout");
    lost = counter("lost", "runs", "Runs whose batch another node took over");
    absorbed = counter("absorbed", MESSAGES, "Late messages that joined a running batch");
    completedInPart =
        counter("completed.in.part", BATCHES, "Batches of which the first messages were handled");
    completed = counter("completed", BATCHES, "Batches handled");
    handling = timer("handling", "From the claim of a batch that was handled to its completion");
    batchSize = summary("batch.size", MESSAGES, "Messages in a batch that was handled");
    attempts = summary("attempts", "attempts", "Attempts of a batch that was handled");
    superseded = counter("superseded", BATCHES, "Batches that gave way to late messages");
    backedOff = counter("backed.off", BATCHES, "Batches put back to wait for another attempt");
    deadLettered =
        counters(
            DeadLetter.Reason.class,
            "dead.lettered",
            "reason",
            BATCHES,
            "Batches given up, wholly or in part");
    discarded = counter("discarded", MESSAGES, "Messages thrown away by discard");
    withdrawn = counter("withdrawn", MESSAGES, "Messages taken back by withdraw");
    erased = counter("erased", MESSAGES, "Messages removed by erase");
    storeFailures =
        counters(
            StoreException.Reason.class,
            "store.failures",
            "reason",
            null,
            "Transactions that failed");
  }

  Counter submitted(Receipt.Status status) {
    return of(submitted, status);
  }

  Counter deadLettered(DeadLetter.Reason reason) {
    return of(deadLettered, reason);
  }

  Counter storeFailures(StoreException.Reason reason) {
    return of(storeFailures, reason);
  }

  /** As tags have them. */
  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private Counter counter(String name, @Nullable String unit, String description) {
    return counter(name, Tags.empty(), unit, description);
  }

  private Counter counter(String name, Tags more, @Nullable String unit, String description) {
    return Counter.builder(PREFIX + name)
        .tags(tags.and(more))
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  private <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> type, String name, String tag, @Nullable String unit, String description) {
    Map<E, Counter> counters = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      counters.put(constant, counter(name, Tags.of(tag, lowerCase(constant)), unit, description));
    }
    return counters;
  }

  private Timer timer(String name, String description) {
    return Timer.builder(PREFIX + name).tags(tags).description(description).register(registry);
  }

  private DistributionSummary summary(String name, @Nullable String unit, String description) {
    return DistributionSummary.builder(PREFIX + name)
        .tags(tags)
        .baseUnit(unit)
        .description(description)
        .register(registry);
  }

  private static <E extends Enum<E>> Counter of(Map<E, Counter> counters, E constant) {
    return requireNonNull(counters.get(constant));
  }
}
