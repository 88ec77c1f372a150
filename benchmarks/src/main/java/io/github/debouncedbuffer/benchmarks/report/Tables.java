// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.Results;
import io.github.debouncedbuffer.benchmarks.race.Contenders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The raw figures as tables in Markdown: medians, and all rounds behind them. */
final class Tables {

  private final Results results;

  Tables(Results results) {
    this.results = results;
  }

  /**
   * Each target: what was wanted and what came out. Those that were not measured are left out, and
   * so are others of a target.
   */
  String targets() {
    StringBuilder table =
        new StringBuilder(
            "| target | ours / other | wanted | reached | |\n|---|---|---|---|---|\n");
    Stream.concat(Targets.ALL.stream(), PostgresTargets.ALL.stream())
        .forEach(target -> table.append(line(target)));
    return table.toString();
  }

  private String line(Targets.Target t) {
    double ours = results.median(t.what(), t.ours(), t.unit());
    double other = best(t);
    double ratio = ours / other;
    if (Double.isNaN(ratio)) {
      return "";
    }
    return "| %s | %s %s | %s %s | %.2f | %s |\n"
        .formatted(
            t.name(),
            number(ours) + (t.others().isEmpty() ? "" : " / " + number(other)),
            t.unit(),
            t.atLeast() ? "at least" : "at most",
            plain(t.wanted()),
            ratio,
            t.isMet(ratio) ? "met" : "**missed**");
  }

  private double best(Targets.Target target) {
    if (target.others().isEmpty()) {
      return 1;
    }
    DoubleStream measured =
        target.others().stream()
            .mapToDouble(other -> results.median(target.what(), other, target.unit()))
            .filter(median -> !Double.isNaN(median));
    return (target.atLeast() ? measured.max() : measured.min()).orElse(Double.NaN);
  }

  /** In what each contender of the races has it easier or harder than ours. */
  static String biases() {
    StringBuilder table = new StringBuilder("| contender | bias |\n|---|---|\n");
    Stream.of(Contenders.durable(), Contenders.onPostgres(), Contenders.inMemory())
        .flatMap(List::stream)
        .distinct()
        .filter(each -> !each.bias().isEmpty())
        .forEach(each -> table.append("| %s | %s |\n".formatted(each.title(), each.bias())));
    return table.toString();
  }

  /** One measurement: a line for each contender, a column for each unit. */
  String measurement(String what) {
    List<String> contenders = results.contenders(what);
    List<String> units = new ArrayList<>();
    for (String contender : contenders) {
      results.units(what, contender).stream().filter(u -> !units.contains(u)).forEach(units::add);
    }
    StringBuilder table = new StringBuilder("| ").append(what).append(" |");
    units.forEach(unit -> table.append(' ').append(unit).append(" |"));
    table.append("\n|---|").append("---|".repeat(units.size())).append('\n');
    for (String contender : contenders) {
      table.append("| ").append(contender).append(" |");
      for (String unit : units) {
        table.append(' ').append(cell(results.values(what, contender, unit))).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** The median, and in brackets the least and the most. */
  private static String cell(List<Double> values) {
    if (values.isEmpty()) {
      return "";
    }
    List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
    double least = sorted.get(0);
    double most = sorted.get(sorted.size() - 1);
    String median = number(sorted.get(sorted.size() / 2));
    return least == most ? median : median + " (" + number(least) + "-" + number(most) + ")";
  }

  static String number(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
