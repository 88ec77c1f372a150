// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.FollowUp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The two timelines of the incident, in seconds after the first message. */
enum Incident {
  /** A message that arrived during the AI call was never looked at. */
  BUG_1(46, 61, 81, 96, 61),
  /** The same again in the first fix: the message was noticed, and then not selected. */
  BUG_2(42, 63, 77, 98, 63);

  static final String CUSTOMER = "wati:50370000001";
  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  static final Duration WINDOW = Duration.ofSeconds(35);

  /** A message and when the customer sends it. */
  record Sent(Instant at, String text) {}

  private final int second;
  private final int answered;
  private final int fromArrival;
  private final int fromCompletion;
  private final int immediately;

  Incident(int second, int answered, int fromArrival, int fromCompletion, int immediately) {
    this.second = second;
    this.answered = answered;
    this.fromArrival = fromArrival;
    this.fromCompletion = fromCompletion;
    this.immediately = immediately;
  }

  List<Sent> messages() {
    return List.of(
        new Sent(START, "Do you have a room?"), new Sent(at(second), "For Saturday, two persons"));
  }

  Duration aiTakes() {
    return Duration.ofSeconds(answered).minus(WINDOW);
  }

  /** When the library has to begin with message 2. */
  Instant followUpDueAt(FollowUp timing) {
    return switch (timing) {
      case FROM_ARRIVAL -> at(fromArrival);
      case FROM_COMPLETION -> at(fromCompletion);
      case IMMEDIATELY -> at(immediately);
    };
  }

  String title() {
    return switch (this) {
      case BUG_1 -> "Bug 1: nobody looks at message 2";
      case BUG_2 -> "Bug 2: message 2 is noticed, and still not selected";
    };
  }

  String sentence() {
    return ("One customer, two messages: message 2 arrives at T+%d, while the AI answers message 1"
            + " until T+%d.")
        .formatted(second, answered);
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  /** As in the incident's report: T+46. */
  static String spoken(Instant at) {
    return "T+" + Duration.between(START, at).toSeconds();
  }
}
