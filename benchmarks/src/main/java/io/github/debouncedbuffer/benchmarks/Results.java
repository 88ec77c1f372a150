// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Raw figures in a file that only grows: one line for each round of each contender. What is there
 * is not measured again, so that a run can be broken off and resumed.
 */
public final class Results {

  /** One figure of one round. */
  record Figure(String what, String contender, int round, String unit, double value) {}

  private final Path file;
  private final List<Figure> figures = new ArrayList<>();

  Results(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (Files.exists(file)) {
      read(file);
    } else {
      append("# what\tcontender\tround\tunit\tvalue");
    }
  }

  /** With the figures of another file, if there is one: of a run on another JVM, say. */
  Results and(Path other) throws IOException {
    if (Files.exists(other)) {
      read(other);
    }
    return this;
  }

  private void read(Path from) throws IOException {
    for (String line : Files.readAllLines(from)) {
      String[] parts = line.split("\t", -1);
      if (!line.startsWith("#") && parts.length == 5) {
        figures.add(
            new Figure(
                parts[0],
                parts[1],
                Integer.parseInt(parts[2]),
                parts[3],
                Double.parseDouble(parts[4])));
      }
    }
  }

  boolean has(String what, String contender, int round) {
    return figures.stream()
        .anyMatch(
            f -> f.what().equals(what) && f.contender().equals(contender) && f.round() == round);
  }

  void add(String what, String contender, int round, String unit, double value) throws IOException {
    figures.add(new Figure(what, contender, round, unit, value));
    append(String.format(Locale.ROOT, "%s\t%s\t%d\t%s\t%.3f", what, contender, round, unit, value));
  }

  /** The figures of all rounds, in their order. */
  public List<Double> values(String what, String contender, String unit) {
    return figures.stream()
        .filter(
            f -> f.what().equals(what) && f.contender().equals(contender) && f.unit().equals(unit))
        .map(Figure::value)
        .toList();
  }

  /** NaN if there is none. */
  public double median(String what, String contender, String unit) {
    List<Double> sorted = values(what, contender, unit).stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  /** Who took part in it, in the order of the file. */
  public List<String> contenders(String what) {
    return figures.stream()
        .filter(f -> f.what().equals(what))
        .map(Figure::contender)
        .distinct()
        .toList();
  }

  /** Everything that was measured, in the order of the file. */
  public List<String> measurements() {
    return figures.stream().map(Figure::what).distinct().toList();
  }

  /** The units of a contender, in the order of the file. */
  public List<String> units(String what, String contender) {
    return figures.stream()
        .filter(f -> f.what().equals(what) && f.contender().equals(contender))
        .map(Figure::unit)
        .distinct()
        .toList();
  }

  private void append(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
