// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import io.github.debouncedbuffer.benchmarks.limits.Limits;
import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import io.github.debouncedbuffer.benchmarks.race.Races;
import io.github.debouncedbuffer.benchmarks.report.Report;
import io.github.debouncedbuffer.benchmarks.scale.Reopening;
import io.github.debouncedbuffer.benchmarks.scale.Scale;
import io.github.debouncedbuffer.benchmarks.small.SmallParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar benchmarks/target/benchmarks.jar [short|all|virtual|report] [directory]}:
 * measures everything side by side, in ten minutes or in fifty. What is measured already, according
 * to the directory, is not measured again. "virtual" measures 512 virtual threads alone, into a
 * file of its own, and needs JDK 21 or later, where "short" and "all" do it too. "report" measures
 * nothing: it writes the figures of "all", or if there are none those of "short", and those of
 * "virtual" into docs/performance.md.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar postgres [short|all] [directory]}: measures
 * several nodes on one Postgres, in three minutes or in twelve, into a file of its own, which
 * "report" reads, too.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar jmh [regular expression] [directory]}:
 * measures small parts, in ten minutes if no expression picks some of them.
 */
public final class Benchmarks {

  private static final String RESULTS = "benchmarks/results";
  private static final String DISK = "disk";
  private static final String ALL = "all.tsv";
  private static final String SHORT = "short.tsv";
  private static final String VIRTUAL = "virtual.tsv";
  private static final String POSTGRES = "postgres.tsv";
  private static final String POSTGRES_SHORT = "postgres-short.tsv";

  private Benchmarks() {}

  /** See above. */
  public static void main(String[] arguments) throws Exception {
    List<String> given = List.of(arguments);
    switch (argument(given, 0, "short")) {
      case "jmh" -> {
        Path folder = Path.of(argument(given, 2, RESULTS));
        SmallParts.run(argument(given, 1, ""), folder.resolve("jmh.json"), folder.resolve(DISK));
      }
      case "report" -> report(Path.of(argument(given, 1, RESULTS)));
      case "virtual" -> virtual(Path.of(argument(given, 1, RESULTS)));
      case "postgres" -> {
        Path folder = Path.of(argument(given, 2, RESULTS));
        switch (argument(given, 1, "short")) {
          case "short" -> postgres(rounds(folder, POSTGRES_SHORT, 1), 1, 100);
          case "all" -> postgres(rounds(folder, POSTGRES, 3), 3, 400);
          default -> throw new IllegalArgumentException("postgres short or postgres all?");
        }
      }
      case "short" -> measure(Path.of(argument(given, 1, RESULTS)), false);
      case "all" -> measure(Path.of(argument(given, 1, RESULTS)), true);
      default ->
          throw new IllegalArgumentException("short, all, virtual, postgres, report or jmh?");
    }
    System.exit(0); // some peers leave threads behind
  }

  private static String argument(List<String> given, int index, String otherwise) {
    return given.size() > index ? given.get(index) : otherwise;
  }

  private static void report(Path folder) throws IOException {
    Path main = either(folder, ALL, SHORT);
    Path docs = Path.of("docs");
    Report.write(
        new Results(main)
            .and(folder.resolve(VIRTUAL))
            .and(either(folder, POSTGRES, POSTGRES_SHORT)),
        docs.resolve("performance.md"),
        docs.resolve("performance.svg"));
  }

  private static Path either(Path folder, String best, String otherwise) {
    return folder.resolve(Files.exists(folder.resolve(best)) ? best : otherwise);
  }

  private static void postgres(Rounds rounds, long seconds, int samples) throws Exception {
    SeveralNodes nodes = new SeveralNodes(rounds, TimeUnit.SECONDS.toNanos(seconds), samples);
    nodes.accepted();
    nodes.notifications();
    nodes.wakeUps();
    nodes.roundTrips();
    new Races(rounds, seconds).onPostgres();
  }

  private static void virtual(Path folder) throws Exception {
    new Limits(rounds(folder, VIRTUAL, 5), TimeUnit.SECONDS.toNanos(5)).virtualThreads();
  }

  private static Rounds rounds(Path folder, String file, int rounds) throws IOException {
    Path disk = Files.createDirectories(folder.resolve(DISK));
    return new Rounds(new Results(folder.resolve(file)), disk, rounds);
  }

  private static void measure(Path folder, boolean all) throws Exception {
    Rounds rounds = all ? rounds(folder, ALL, 5) : rounds(folder, SHORT, 2);
    long seconds = all ? 5 : 1;

    Limits limits = new Limits(rounds, TimeUnit.SECONDS.toNanos(seconds));
    limits.accepted();
    limits.endToEnd();
    if (Runtime.version().feature() >= 21) {
      virtual(folder);
    }
    Scale scale = new Scale(rounds, all ? 1_000_000 : 100_000);
    scale.lateness();
    scale.heap();
    scale.furtherMessages();
    new Reopening(rounds, all ? 1_000_000 : 100_000, all ? 200_000 : 20_000).run();
    new Races(rounds, seconds).run();
  }
}
