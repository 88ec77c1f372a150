// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

/**
 * Measures contenders one after the other, round after round, so that all have the same weather.
 */
public final class Rounds {

  /** One measurement. */
  @FunctionalInterface
  public interface Measurement {
    /**
     * Measures once.
     *
     * @param folder empty, on the disk that is measured
     * @return value by unit
     */
    Map<String, Double> measure(Path folder) throws Exception;
  }

  /** Who is measured, and how. */
  public record Entry(String contender, Measurement measurement) {}

  private final Results results;
  private final Path disk;
  private final int rounds;

  Rounds(Results results, Path disk, int rounds) {
    this.results = results;
    this.disk = disk;
    this.rounds = rounds;
  }

  /** Round 0 warms up and is not kept; its figures would be those of the compiler. */
  public void run(String what, List<Entry> entries) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      for (Entry entry : entries) {
        if (round == 0
            ? !results.has(what, entry.contender(), 1)
            : !results.has(what, entry.contender(), round)) {
          measure(what, entry, round);
        }
      }
    }
  }

  private void measure(String what, Entry entry, int round) throws Exception {
    Path folder = Files.createTempDirectory(disk, "bench");
    try {
      Map<String, Double> values = entry.measurement().measure(folder);
      if (round > 0) {
        for (Map.Entry<String, Double> value : values.entrySet()) {
          results.add(what, entry.contender(), round, value.getKey(), value.getValue());
        }
      }
      System.out.printf(
          "%-28s %-32s %s %s%n",
          what, entry.contender(), round == 0 ? "warm-up" : "round " + round, values);
    } finally {
      delete(folder);
      System.gc();
    }
  }

  /** With all that is in it. */
  public static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes any) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
