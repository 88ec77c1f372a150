// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.testkit.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of one performance.
 *
 * @param library the follow-up timing; empty for the naive designs
 * @param startedAt the original start that each of the library's batches had
 */
record Outcome(
    Incident incident,
    Lane lane,
    List<SimulatedAi.Answer> answers,
    Optional<FollowUp> library,
    List<Instant> startedAt) {

  static Outcome of(Stage stage, Optional<FollowUp> library, List<Instant> startedAt) {
    Lane drawn = stage.lane().unansweredAreLost().lane(stage.clock().now());
    return new Outcome(stage.incident(), drawn, stage.ai().answers(), library, startedAt);
  }

  int received() {
    return incident.messages().size();
  }

  /** Each text as often as it was answered. */
  List<String> answered() {
    return answers.stream().flatMap(answer -> answer.texts().stream()).toList();
  }

  List<String> lost() {
    List<String> answered = answered();
    return sent().stream().filter(text -> !answered.contains(text)).toList();
  }

  /** From a message to its answer; empty if one has none. */
  Optional<Duration> longestWait() {
    Duration longest = Duration.ZERO;
    for (Incident.Sent sent : incident.messages()) {
      Optional<SimulatedAi.Answer> answer =
          answers.stream().filter(a -> a.texts().contains(sent.text())).findFirst();
      if (answer.isEmpty()) {
        return Optional.empty();
      }
      Duration wait = Duration.between(sent.at(), answer.get().answeredAt());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    return Optional.of(longest);
  }

  /** What the library must not do, in words; empty for what is as promised. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (!answered().equals(sent())) {
      broken.add("answered " + answered() + ", not each message once and in order: " + sent());
    }
    List<Instant> due =
        List.of(
            Incident.START.plus(Incident.WINDOW),
            incident.followUpDueAt(library.orElse(FollowUp.FROM_ARRIVAL)));
    List<Instant> asked = answers.stream().map(SimulatedAi.Answer::askedAt).toList();
    if (!asked.equals(due)) {
      broken.add("began at " + spoken(asked) + ", not at " + spoken(due));
    }
    if (!startedAt.stream().allMatch(Incident.START::equals)) {
      broken.add("its original start became " + spoken(startedAt) + ", it must stay T+0");
    }
    return broken;
  }

  private List<String> sent() {
    return incident.messages().stream().map(Incident.Sent::text).toList();
  }

  private static List<String> spoken(List<Instant> instants) {
    return instants.stream().map(Incident::spoken).toList();
  }
}
