// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks of this package with JMH: time and bytes for each operation. */
public final class SmallParts {

  private SmallParts() {}

  /**
   * Measures, prints, and writes the figures down.
   *
   * @param pattern which benchmarks, as a regular expression; an empty one for all
   * @param json where the figures go; what was there is gone then
   * @param disk where stores on disk have their files
   */
  public static void run(String pattern, Path json, Path disk) throws IOException, RunnerException {
    Files.createDirectories(disk);
    new Runner(
            new OptionsBuilder()
                .include(SmallParts.class.getPackageName() + ".*(" + pattern + ")")
                .forks(2)
                .jvmArgsAppend(
                    "--enable-native-access=ALL-UNNAMED", "-Xmx2g", StoreState.onDisk(disk))
                .timeUnit(TimeUnit.MICROSECONDS)
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString())
                .build())
        .run();
  }
}
