// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static java.util.stream.Collectors.toSet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneMark;
import io.github.debouncedbuffer.testkit.LaneSpan;
import io.github.debouncedbuffer.testkit.LaneTally;
import io.github.debouncedbuffer.testkit.Timeline;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** GET /timeline.svg: what happened in the last minutes. */
final class Picture implements HttpHandler {

  private static final Duration SHOWN = Duration.ofMinutes(2);

  private final TimelineListener drawn;

  Picture(TimelineListener drawn) {
    this.drawn = drawn;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] svg = svg(Instant.now()).getBytes(StandardCharsets.UTF_8);
    Replies.send(exchange, 200, "image/svg+xml; charset=utf-8", svg);
  }

  String svg(Instant now) {
    Instant from = now.minus(SHOWN);
    List<Lane> lanes =
        drawn.lanes(now).stream()
            .map(lane -> since(from, lane))
            .filter(lane -> !lane.spans().isEmpty() || !lane.marks().isEmpty())
            .toList();
    return new Timeline("", "", origin(lanes, now), lanes).toSvg();
  }

  /**
   * The messages that came since then, with what became of them, and the bars that reach beyond.
   */
  static Lane since(Instant from, Lane lane) {
    Set<String> arrived =
        lane.marks().stream()
            .filter(mark -> isArrival(mark) && !mark.at().isBefore(from))
            .map(LaneMark::label)
            .collect(toSet());
    List<LaneMark> marks =
        lane.marks().stream().filter(mark -> arrived.contains(mark.label())).toList();
    List<LaneSpan> spans =
        lane.spans().stream().filter(span -> !span.from().isBefore(from)).toList();
    return new Lane(lane.name(), lane.subtitle(), spans, marks, LaneTally.of(marks));
  }

  private static boolean isArrival(LaneMark mark) {
    return mark.kind() == LaneMark.Kind.RECEIVED || mark.kind() == LaneMark.Kind.LATE;
  }

  private static Instant origin(List<Lane> lanes, Instant now) {
    return lanes.stream()
        .flatMap(
            lane ->
                Stream.concat(
                    lane.spans().stream().map(LaneSpan::from),
                    lane.marks().stream().map(LaneMark::at)))
        .min(Instant::compareTo)
        .orElse(now);
  }
}
