// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects what happens in one {@link Lane} while it happens.
 *
 * <p>Thread-safe. The order of the calls does not matter to the picture, except that a span must
 * have begun before it ends.
 */
public final class LaneRecorder {
  private record Begun(LaneSpan.Kind kind, Instant from, String label) {}

  private final String name;
  private final String subtitle;
  private final List<Begun> open = new ArrayList<>();
  private final List<LaneSpan> spans = new ArrayList<>();
  private final List<LaneMark> marks = new ArrayList<>();

  /**
   * Begins an empty lane.
   *
   * @param name stands at the left in bold
   * @param subtitle stands below the name, may be empty
   */
  public LaneRecorder(String name, String subtitle) {
    this.name = requireNonNull(name, "name");
    this.subtitle = requireNonNull(subtitle, "subtitle");
  }

  /**
   * Adds a span whose end is known.
   *
   * @param kind what goes on
   * @param from the begin
   * @param to the end, not before the begin
   * @param label a few words, may be empty
   * @return this
   */
  public synchronized LaneRecorder span(
      LaneSpan.Kind kind, Instant from, Instant to, String label) {
    spans.add(new LaneSpan(kind, from, to, label));
    return this;
  }

  /**
   * Begins a span whose end is not known yet.
   *
   * @param kind what goes on
   * @param from the begin
   * @param label a few words, may be empty
   * @return this
   */
  public synchronized LaneRecorder begin(LaneSpan.Kind kind, Instant from, String label) {
    open.add(new Begun(requireNonNull(kind), requireNonNull(from), requireNonNull(label)));
    return this;
  }

  /**
   * Ends the span of this kind that began last.
   *
   * @param kind the kind it began with
   * @param to the end, not before the begin
   * @return this
   * @throws IllegalStateException if no span of this kind is open
   */
  public LaneRecorder end(LaneSpan.Kind kind, Instant to) {
    return endAs(kind, to, kind);
  }

  /**
   * Ends the span that began last and says what it has turned out to be: a run that failed.
   *
   * @param kind the kind it began with
   * @param to the end, not before the begin
   * @param as the kind to draw
   * @return this
   * @throws IllegalStateException if no span of this kind is open
   */
  public synchronized LaneRecorder endAs(LaneSpan.Kind kind, Instant to, LaneSpan.Kind as) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).kind() == kind) {
        Begun begun = open.remove(i);
        return span(as, begun.from(), to, begun.label());
      }
    }
    throw new IllegalStateException(name + ": no " + kind + " is open at " + to);
  }

  /**
   * Adds a mark.
   *
   * @param kind what happens
   * @param at when; of a lost message: when it arrived
   * @param label the message's number or another short name
   * @return this
   */
  public LaneRecorder mark(LaneMark.Kind kind, Instant at, String label) {
    return mark(kind, at, label, null);
  }

  /**
   * Adds a mark with a few words beside it.
   *
   * @param kind what happens
   * @param at when; of a lost message: when it arrived
   * @param label the message's number or another short name
   * @param note a few words, or null for none
   * @return this
   */
  public synchronized LaneRecorder mark(
      LaneMark.Kind kind, Instant at, String label, @Nullable String note) {
    marks.add(new LaneMark(kind, at, label, note));
    return this;
  }

  /**
   * Declares that nothing will happen any more: every message that arrived so far and was neither
   * answered nor dead-lettered is drawn as lost, at its arrival.
   *
   * @return this
   */
  public synchronized LaneRecorder unansweredAreLost() {
    Set<String> settled = labels(LaneMark.Kind.ANSWERED, LaneMark.Kind.DEAD);
    marks.replaceAll(
        mark ->
            mark.kind().isArrival() && !settled.contains(mark.label())
                ? new LaneMark(LaneMark.Kind.LOST, mark.at(), mark.label(), mark.note())
                : mark);
    return this;
  }

  /**
   * The lane so far. It gets a tally, counted from the marks, unless it has nothing but arrivals.
   *
   * @param until end of the spans that are still open; their labels get "(still open)"
   * @return an immutable copy
   */
  public synchronized Lane lane(Instant until) {
    List<LaneSpan> all = new ArrayList<>(spans);
    for (Begun begun : open) {
      Instant to = until.isBefore(begun.from()) ? begun.from() : until;
      String label = (begun.label() + " (still open)").strip();
      all.add(new LaneSpan(begun.kind(), begun.from(), to, label));
    }
    boolean source = all.isEmpty() && marks.stream().allMatch(mark -> mark.kind().isArrival());
    return new Lane(name, subtitle, all, marks, source ? null : LaneTally.of(marks));
  }

  /**
   * The lane as it is when no span is open.
   *
   * @return an immutable copy
   * @throws IllegalStateException if a span is open: use {@link #lane(Instant)}
   */
  public synchronized Lane lane() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(name + ": still open: " + open);
    }
    return lane(Instant.EPOCH);
  }

  private Set<String> labels(LaneMark.Kind... kinds) {
    Set<LaneMark.Kind> wanted = Set.of(kinds);
    return marks.stream()
        .filter(mark -> wanted.contains(mark.kind()))
        .map(LaneMark::label)
        .collect(Collectors.toCollection(HashSet::new));
  }
}
