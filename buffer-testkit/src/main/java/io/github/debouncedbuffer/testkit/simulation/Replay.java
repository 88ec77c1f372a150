// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.testkit.Timeline;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Plays one scenario again over the in-memory store, in words and as a picture. */
public final class Replay {

  private Replay() {}

  /**
   * Prints the history and what was broken, and writes {@code timeline.html}.
   *
   * @param arguments one: the scenario's line, or the seed of a drawn one
   */
  public static void main(String[] arguments) {
    String line = arguments[0].trim();
    Scenario scenario =
        line.matches("-?\\d+") ? Scenarios.draw(Long.parseLong(line)) : Scenario.parse(line);
    Path picture = Path.of("timeline.html");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(of(Simulation.inMemory(), scenario, picture));
  }

  /**
   * Plays a scenario and draws it.
   *
   * @param simulation over which store
   * @param scenario what happens
   * @param picture where to write the timeline as an HTML page
   * @return the history, ending with what was broken, the replay line and Java
   * @throws UncheckedIOException if the picture cannot be written
   */
  public static String of(Simulation simulation, Scenario scenario, Path picture) {
    TimelineListener listener = new TimelineListener();
    Simulation.Outcome outcome = simulation.playInWords(scenario, listener);
    String broken = outcome.violation().map(Violation::getMessage).orElse("all promises kept");
    Timeline timeline =
        new Timeline(
            "A scenario, replayed",
            broken,
            World.START,
            listener.lanes(World.START.plus(Duration.ofMinutes(5))));
    try {
      Files.writeString(picture, timeline.toHtml());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return """
        %s%s
        step    %d of %d
        picture %s
        replay  java -cp <class path> %s "%s"
        as Java %s
        """
        .formatted(
            outcome.history(),
            broken,
            outcome.step(),
            scenario.operations().size(),
            picture.toAbsolutePath(),
            Replay.class.getName(),
            scenario,
            scenario.toJava());
  }
}
