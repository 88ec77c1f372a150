// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a lane's messages, drawn at the right of the lane. Immutable and thread-safe.
 *
 * @param received number of messages that arrived, the lost ones too
 * @param answered number of messages whose batch was handled
 * @param dead number of messages kept as dead letters
 * @param lost number of messages that nobody ever looks at again
 * @param slowest longest time from a message's arrival to its answer, or null if there is no answer
 */
public record LaneTally(
    int received, int answered, int dead, int lost, @Nullable Duration slowest) {
  /**
   * Checks the arguments.
   *
   * @param received number of messages that arrived, the lost ones too
   * @param answered number of messages whose batch was handled
   * @param dead number of messages kept as dead letters
   * @param lost number of messages that nobody ever looks at again
   * @param slowest longest time from a message's arrival to its answer, or null if there is no
   *     answer
   * @throws IllegalArgumentException if a number is negative
   */
  public LaneTally {
    if (received < 0 || answered < 0 || dead < 0 || lost < 0) {
      throw new IllegalArgumentException(
          "a number of messages is negative: received "
              + (received + ", answered " + answered + ", dead " + dead + ", lost " + lost));
    }
  }

  /**
   * Counts messages by their labels: a message that was answered twice counts once, and one that is
   * marked as arrived and as lost is one message.
   *
   * @param marks the marks of one lane
   * @return the tally
   */
  public static LaneTally of(List<LaneMark> marks) {
    Map<String, Instant> arrivals = new HashMap<>();
    Map<LaneMark.Kind, Set<String>> labels = new HashMap<>();
    Duration slowest = null;
    for (LaneMark mark : marks.stream().sorted(Comparator.comparing(LaneMark::at)).toList()) {
      boolean first = labels.computeIfAbsent(mark.kind(), k -> new HashSet<>()).add(mark.label());
      Instant arrival = arrivals.get(mark.label());
      switch (mark.kind()) {
        case RECEIVED, LATE, LOST -> arrivals.putIfAbsent(mark.label(), mark.at());
        case ANSWERED -> {
          if (first && arrival != null) {
            slowest = longer(slowest, Duration.between(arrival, mark.at()));
          }
        }
        case DEAD -> {}
      }
    }
    return new LaneTally(
        arrivals.size(),
        labels.getOrDefault(LaneMark.Kind.ANSWERED, Set.of()).size(),
        labels.getOrDefault(LaneMark.Kind.DEAD, Set.of()).size(),
        labels.getOrDefault(LaneMark.Kind.LOST, Set.of()).size(),
        slowest);
  }

  private static Duration longer(@Nullable Duration a, Duration b) {
    return a == null || a.compareTo(b) < 0 ? b : a;
  }

  /** Messages that arrived and have no outcome yet; a message redriven can make up for it. */
  int waiting() {
    return Math.max(0, received - answered - dead - lost);
  }

  /** The worst that happened: it decides sign, colour and headline. */
  Verdict verdict() {
    if (lost > 0) {
      return Verdict.LOST;
    }
    if (dead > 0) {
      return Verdict.DEAD;
    }
    return waiting() > 0 ? Verdict.WAITING : Verdict.GOOD;
  }

  /** Few words, the worst first. */
  String headline() {
    return switch (verdict()) {
      case LOST -> lost + " LOST";
      case DEAD -> dead + " dead-lettered";
      case WAITING -> waiting() + " still waiting";
      case GOOD -> "0 lost";
    };
  }

  /** All there is to say, in the order of a message's life. */
  List<String> facts() {
    List<String> facts = new ArrayList<>(List.of(received + " received", answered + " answered"));
    if (waiting() > 0) {
      facts.add(waiting() + " still waiting");
    }
    if (dead > 0) {
      facts.add(dead + " dead-lettered");
    }
    facts.add(lost > 0 ? lost + " LOST" : "0 lost");
    if (slowest != null && lost == 0) { // Else it would sound as if that were the longest wait.
      facts.add("slowest answer after " + TimelineSteps.spoken(slowest));
    }
    return facts;
  }

  /** What the headline leaves out, in short lines. */
  List<String> rest() {
    List<String> rest = new ArrayList<>(List.of(received + " received, " + answered + " answered"));
    if (dead > 0 && verdict() != Verdict.DEAD) {
      rest.add(dead + " dead-lettered");
    }
    if (waiting() > 0 && verdict() != Verdict.WAITING) {
      rest.add(waiting() + " still waiting");
    }
    if (slowest != null && lost == 0) {
      rest.add("slowest answer " + TimelineSteps.spoken(slowest));
    }
    return rest;
  }

  enum Verdict {
    GOOD,
    WAITING,
    DEAD,
    LOST
  }
}
