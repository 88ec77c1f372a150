// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.testkit.Timeline;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.io.IOException;
import java.io.PrintStream;
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
   * @throws IOException if the picture cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    String line = arguments[0].trim();
    Scenario scenario =
        line.matches("-?\\d+") ? Scenarios.draw(Long.parseLong(line)) : Scenario.parse(line);
    Path picture = Path.of("timeline.html");
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(of(Simulation.inMemory(), scenario, picture));
    out.println("The picture is in " + picture.toAbsolutePath());
  }

  /**
   * Plays a scenario and draws it.
   *
   * @param simulation over which store
   * @param scenario what happens
   * @param picture where to write the timeline as an HTML page
   * @return the history, ending with what was broken
   * @throws IOException if the picture cannot be written
   */
  public static String of(Simulation simulation, Scenario scenario, Path picture)
      throws IOException {
    TimelineListener listener = new TimelineListener();
    Simulation.Outcome outcome = simulation.playInWords(scenario, listener);
    String broken = outcome.violation().map(Violation::getMessage).orElse("all promises kept");
    Timeline timeline =
        new Timeline(
            "A scenario, replayed",
            broken,
            World.START,
            listener.lanes(World.START.plus(Duration.ofMinutes(5))));
    Files.writeString(picture, timeline.toHtml());
    return scenario + "\n" + outcome.history() + broken;
  }
}
