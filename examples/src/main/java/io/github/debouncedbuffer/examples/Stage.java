// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneMark;
import io.github.debouncedbuffer.testkit.LaneRecorder;
import io.github.debouncedbuffer.testkit.LaneSpan;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Instant;

/** What one design gets for one performance of an incident. */
record Stage(Incident incident, VirtualClock clock, SimulatedAi ai, LaneRecorder lane) {

  /** Long after the last answer: what has not been answered by then never will be. */
  private static final Instant END = Incident.at(600);

  static Stage of(Incident incident, String name, String subtitle) {
    VirtualClock clock = VirtualClock.at(Incident.START);
    SimulatedAi ai = new SimulatedAi(clock, incident.aiTakes());
    return new Stage(incident, clock, ai, Lane.named(name, subtitle));
  }

  /** The customer writes when the incident says so, and time passes until nothing happens. */
  void play(Bot bot) {
    for (Incident.Sent sent : incident.messages()) {
      clock.advanceTo(sent.at());
      bot.receive(Incident.CUSTOMER, sent.text());
    }
    clock.advanceTo(END);
  }

  /** As {@link #play}, for a design that draws only its timers. */
  void playAndDraw(Bot bot) {
    play(
        (customer, text) -> {
          LaneMark.Kind kind = ai.isBusy() ? LaneMark.Kind.LATE : LaneMark.Kind.RECEIVED;
          lane.mark(kind, clock.now(), number(text));
          bot.receive(customer, text);
        });
    for (SimulatedAi.Answer answer : ai.answers()) {
      String numbers = String.join(", ", answer.texts().stream().map(this::number).toList());
      lane.span(LaneSpan.Kind.RUN, answer.askedAt(), answer.answeredAt(), "answers " + numbers);
      for (String text : answer.texts()) {
        lane.mark(LaneMark.Kind.ANSWERED, answer.answeredAt(), number(text));
      }
    }
  }

  private String number(String text) {
    var texts = incident.messages().stream().map(Incident.Sent::text).toList();
    return Integer.toString(texts.indexOf(text) + 1);
  }
}
