// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import io.github.debouncedbuffer.postgres.fleet.Line.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the journals of a fleet that has come to rest, and names each promise that they break. What
 * the nodes' own buffers think is not asked.
 */
final class FleetCheck {

  /** One call of a handler; {@code end} is its last line, null if it was killed. */
  private static final class Run {
    final Line begun;
    Line asks;
    Line current;
    Line end;

    Run(Line begun) {
      this.begun = begun;
    }

    boolean returned() {
      return end != null && end.kind() == Kind.RETURNS;
    }

    long endsAt() {
      return end == null ? Long.MAX_VALUE : end.nanos();
    }
  }

  private final List<Trouble> troubles;
  private final long leaseNanos;
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, Long> accepted = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private int repeated;

  private FleetCheck(List<Trouble> troubles, long leaseNanos) {
    this.troubles = troubles;
    this.leaseNanos = leaseNanos;
  }

  /**
   * What a check has found.
   *
   * @param broken what is broken, each beginning with the promise's name
   * @param accepted how many messages have a receipt
   * @param runs how many calls of handlers there were
   * @param stale how many of them were told that they were taken over
   * @param repeated how many messages were in more than one run that returned
   */
  record Found(List<String> broken, int accepted, int runs, int stale, int repeated) {}

  static Found check(Collection<Line> journal, List<Trouble> troubles, long leaseNanos) {
    FleetCheck check = new FleetCheck(troubles, leaseNanos);
    check.read(journal);
    check.everyAcceptedMessage_isHandled();
    check.byKey().values().forEach(check::key);
    check.batches_areFrozen();
    long stale = journal.stream().filter(line -> line.kind() == Kind.STALE).count();
    return new Found(
        check.broken, check.accepted.size(), check.runs.size(), (int) stale, check.repeated);
  }

  private void read(Collection<Line> journal) {
    Map<String, Run> open = new HashMap<>();
    journal.stream()
        .sorted(Comparator.comparingLong(Line::nanos))
        .forEach(
            line -> {
              String run = line.node() + line.batch() + line.attempt();
              switch (line.kind()) {
                case ACCEPTED -> accepted.put(line.batch(), line.messages().get(0));
                case BEGUN -> {
                  open.put(run, new Run(line));
                  runs.add(open.get(run));
                }
                case ASKS -> open.get(run).asks = line;
                case CURRENT -> open.get(run).current = line;
                case STALE, RETURNS, THROWS -> open.get(run).end = line;
              }
            });
  }

  private Map<String, List<Run>> byKey() {
    Map<String, List<Run>> byKey = new TreeMap<>();
    runs.forEach(run -> byKey.computeIfAbsent(run.begun.key(), any -> new ArrayList<>()).add(run));
    return byKey;
  }

  private void everyAcceptedMessage_isHandled() {
    Set<Long> handled = new HashSet<>();
    runs.stream().filter(Run::returned).forEach(run -> handled.addAll(run.begun.messages()));
    accepted.forEach(
        (id, sequence) -> {
          if (!handled.contains(sequence)) {
            broken.add("G2: message " + sequence + " (" + id + ") was accepted and never handled");
          }
        });
    if (new HashSet<>(accepted.values()).size() < accepted.size()) {
      broken.add("G10: two messages have one sequence");
    }
  }

  private void key(List<Run> ofKey) {
    Map<Long, Run> handled = new TreeMap<>();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < ofKey.size(); i++) {
      Run run = ofKey.get(i);
      oneAtATime(ofKey, i);
      for (Long message : run.begun.messages()) {
        onceUnlessThereIsACause(handled.get(message), run, message);
      }
      inOrder(seen, handled, run);
      seen.addAll(run.begun.messages());
      if (run.returned()) {
        run.begun.messages().forEach(message -> handled.put(message, run));
      }
    }
  }

  /** From its pass on, a run that has not ended has the key to itself for a whole lease. */
  private void oneAtATime(List<Run> ofKey, int index) {
    Run run = ofKey.get(index);
    for (Run later : ofKey.subList(index + 1, ofKey.size())) {
      long at = later.begun.nanos();
      boolean sameNode = later.begun.node().equals(run.begun.node());
      if (!sameNode && isOlder(later.begun, run.begun)) {
        isFenced(later, run);
        continue;
      }
      boolean held =
          run.current != null && at >= run.current.nanos() && at < run.asks.nanos() + leaseNanos;
      if (at < run.endsAt() && (sameNode || held)) {
        broken.add(
            "G4: %s began while %s ran and held its key"
                .formatted(later.begun.inWords(), run.begun.inWords()));
      }
      if (!sameNode && run.current != null && run.asks.nanos() > at) {
        broken.add(
            "G10: %s was told that it is current after %s began"
                .formatted(run.begun.inWords(), later.begun.inWords()));
      }
    }
  }

  /** One that was stopped between its claim and the call begins when it was taken over long ago. */
  private void isFenced(Run late, Run newer) {
    if (late.current != null) {
      broken.add(
          "G10: %s was told that it is current after %s began"
              .formatted(late.begun.inWords(), newer.begun.inWords()));
    }
  }

  /** Whether it was claimed before the other one, whichever began first. */
  private static boolean isOlder(Line claimed, Line other) {
    return claimed.batch().equals(other.batch())
        ? claimed.attempt() < other.attempt()
        : claimed.messages().get(0) < other.messages().get(0);
  }

  private void onceUnlessThereIsACause(Run before, Run run, long message) {
    if (before == null) {
      return;
    }
    repeated++;
    String node = before.begun.node();
    long from = before.begun.nanos();
    String stopped = isOlder(run.begun, before.begun) ? run.begun.node() : node;
    boolean cause = troubles.stream().anyMatch(t -> t.overlaps(stopped, from, run.begun.nanos()));
    if (!cause) {
      broken.add(
          "G9: message " + message + " was handled again, and nothing was done to " + stopped);
    }
  }

  /** What is older was handled before, whoever has seen it. */
  private void inOrder(Set<Long> seen, Map<Long, Run> handled, Run run) {
    List<Long> members = run.begun.messages();
    for (Long older : seen) {
      if (older < members.get(0) && !handled.containsKey(older)) {
        broken.add("G5: " + run.begun.inWords() + " began before " + older + " was handled");
      }
    }
    if (!members.stream().sorted().toList().equals(members)) {
      broken.add("G5: " + run.begun.inWords() + " is not in order");
    }
  }

  private void batches_areFrozen() {
    Map<String, Line> first = new HashMap<>();
    Set<String> attempts = new HashSet<>();
    for (Run run : runs) {
      Line before = first.putIfAbsent(run.begun.batch(), run.begun);
      if (before != null && !before.messages().equals(run.begun.messages())) {
        broken.add("G11: " + run.begun.inWords() + " has other members than before");
      }
      if (!attempts.add(run.begun.batch() + " " + run.begun.attempt())) {
        broken.add("G11: " + run.begun.inWords() + " is an attempt that there was before");
      }
    }
  }
}
