// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import io.github.debouncedbuffer.benchmarks.limits.Limits;
import io.github.debouncedbuffer.benchmarks.race.Races;
import io.github.debouncedbuffer.benchmarks.report.Report;
import io.github.debouncedbuffer.benchmarks.scale.Reopening;
import io.github.debouncedbuffer.benchmarks.scale.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * {@code java -jar benchmarks/target/benchmarks.jar [short|all|report] [directory]}: measures
 * everything side by side, in a quarter of an hour or in one. What is measured already, according
 * to the directory, is not measured again. "report" measures nothing: it writes the figures of
 * "all", or if there are none those of "short", into docs/performance.md.
 */
public final class Benchmarks {

  private Benchmarks() {}

  /** See above. */
  public static void main(String[] arguments) throws Exception {
    String mode = arguments.length > 0 ? arguments[0] : "short";
    Path folder = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/results");
    Path longRun = folder.resolve("all.tsv");
    Path shortRun = folder.resolve("short.tsv");
    if (mode.equals("report")) {
      Path docs = Path.of("docs");
      Results measured = new Results(Files.exists(longRun) ? longRun : shortRun);
      Report.write(measured, docs.resolve("performance.md"), docs.resolve("performance.svg"));
      return;
    }
    boolean all = mode.equals("all");
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Rounds rounds = new Rounds(new Results(all ? longRun : shortRun), disk, all ? 5 : 3);
    long seconds = all ? 5 : 2;

    Limits limits = new Limits(rounds, TimeUnit.SECONDS.toNanos(seconds));
    limits.accepted();
    limits.endToEnd();
    new Races(rounds, seconds).run();
    Scale scale = new Scale(rounds, all ? 1_000_000 : 100_000);
    scale.lateness();
    scale.heap();
    scale.furtherMessages();
    new Reopening(rounds, all ? 1_000_000 : 100_000, all ? 200_000 : 20_000).run();
    System.exit(0); // some peers leave threads behind
  }
}
