// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.testkit.Timeline;
import io.github.debouncedbuffer.testkit.TimelinePage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The incident that this library exists for, replayed in virtual time: both of its timelines,
 * through the naive timer, its first fix, and the library over a real SQLite file, with each of the
 * three follow-up timings. Prints the lanes, writes them as a page, and ends with 1 if the library
 * loses a message or is late.
 *
 * <pre>{@code
 * java -jar examples/target/examples.jar [timeline.html] [--svg timeline.svg]
 * }</pre>
 */
public final class IncidentReplay {

  private static final String USAGE = "usage: IncidentReplay [timeline.html] [--svg timeline.svg]";

  private IncidentReplay() {}

  /**
   * Runs it.
   *
   * @param args where to write the page, and {@code --svg} with where to write the first picture
   *     alone
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    System.exit(run(List.of(args), Screen.out()));
  }

  static int run(List<String> args, PrintStream out) throws IOException {
    List<String> rest = new ArrayList<>(args);
    int option = rest.indexOf("--svg");
    List<Path> svg = new ArrayList<>();
    if (option >= 0 && option + 1 < rest.size()) {
      svg.add(Path.of(rest.remove(option + 1)));
      rest.remove(option);
    }
    if (rest.size() > 1 || rest.stream().anyMatch(arg -> arg.startsWith("-"))) {
      out.println(USAGE);
      return 2;
    }
    List<Outcome> outcomes = play();
    TimelinePage page = page(outcomes);
    out.println(page.toText());
    Tally.print(outcomes, out);
    out.println();
    write(Path.of(rest.isEmpty() ? "timeline.html" : rest.get(0)), page.toHtml(), out);
    for (Path file : svg) {
      write(file, page.timelines().get(0).toSvg(), out);
    }
    return verdict(outcomes, out);
  }

  /** Plays both timelines over databases in a temporary directory, which it deletes. */
  static List<Outcome> play() throws IOException {
    try (var directory = TemporaryDirectory.create()) {
      return Stream.of(Incident.values())
          .flatMap(incident -> Replay.of(incident, directory.path()).stream())
          .toList();
    }
  }

  static TimelinePage page(List<Outcome> outcomes) {
    List<Timeline> timelines = new ArrayList<>();
    for (Incident incident : Incident.values()) {
      timelines.add(
          Replay.timeline(
              incident, outcomes.stream().filter(o -> o.incident() == incident).toList()));
    }
    return new TimelinePage(
        "The incident, replayed",
        "Each lane is the same conversation. The naive designs do what they did; DebouncedBuffer is"
            + " the real engine over a SQLite file, in virtual time.",
        timelines);
  }

  /** Says whether the library has kept its promises: 0, or else 1. */
  static int verdict(List<Outcome> outcomes, PrintStream out) {
    List<String> broken = new ArrayList<>();
    int runs = 0;
    for (Outcome outcome : outcomes) {
      if (outcome.library().isPresent()) {
        runs++;
        String name = outcome.incident() + " " + outcome.library().get() + ": ";
        outcome.broken().forEach(what -> broken.add(name + what));
      }
    }
    if (broken.isEmpty()) {
      out.println(
          "DebouncedBuffer kept its promises in all "
              + runs
              + " runs: nothing lost, in order, follow-ups on time.");
      return 0;
    }
    broken.forEach(what -> out.println("BROKEN  " + what));
    return 1;
  }

  private static void write(Path file, String content, PrintStream out) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Files.createDirectories(absolute.getParent());
    Files.writeString(absolute, content);
    out.println("Written: " + absolute);
  }
}
