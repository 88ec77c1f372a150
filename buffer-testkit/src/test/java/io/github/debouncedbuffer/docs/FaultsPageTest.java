// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.docs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of faults and the tests name each other. */
class FaultsPageTest {

  private static final int ROWS = 59;
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d+)(?:-(\\d+))? \\|.*\\| (.*) \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)\\*`");
  private static final Pattern METHOD = Pattern.compile("void\\s+(\\w*faults\\d\\w*)\\(");
  private static final Pattern NUMBER = Pattern.compile("faults(\\d+)(?:_to_faults(\\d+))?");

  /** A row of the page, or a test: what it is called, and the faults that it is about. */
  private record Entry(String name, Set<Integer> faults) {}

  private final String page = read(Path.of("..", "docs", "faults.md"));
  private final List<Entry> tests = tests();

  @Test
  void everyFaultHasARow_andEveryRowATestOrAReason() {
    List<Entry> rows = rows();
    assertThat(rows.stream().flatMap(row -> row.faults().stream()))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
    for (Entry row : rows) {
      if (!row.name().startsWith("none: ")) {
        List<String> named =
            NAMED.matcher(row.name()).results().map(m -> m.group(1) + "." + m.group(2)).toList();
        assertThat(named).as("row %s", row.faults()).isNotEmpty();
        assertThat(named)
            .as("row %s", row.faults())
            .allMatch(
                name ->
                    tests.stream()
                        .anyMatch(
                            test ->
                                test.name().startsWith(name)
                                    && test.faults().containsAll(row.faults())));
      }
    }
  }

  @Test
  void everyTestOfAFault_isInItsRow() {
    assertThat(tests).hasSizeGreaterThan(80);
    for (Entry test : tests) {
      assertThat(
              rows().stream()
                  .filter(row -> row.faults().stream().anyMatch(test.faults()::contains)))
          .as(test.name())
          .hasSize(test.faults().size())
          .allMatch(
              row ->
                  NAMED
                      .matcher(row.name())
                      .results()
                      .anyMatch(m -> test.name().startsWith(m.group(1) + "." + m.group(2))));
    }
  }

  private List<Entry> rows() {
    return ROW.matcher(page)
        .results()
        .map(m -> new Entry(m.group(3), range(m.group(1), m.group(2))))
        .toList();
  }

  private static List<Entry> tests() {
    return Stream.of("core", "sqlite", "testkit", "postgres")
        .map(module -> Path.of("..", "buffer-" + module, "src", "test", "java"))
        .flatMap(FaultsPageTest::javaFiles)
        .flatMap(
            file -> {
              String type = file.getFileName().toString().replace(".java", ".");
              return METHOD
                  .matcher(read(file))
                  .results()
                  .map(m -> new Entry(type + m.group(1), faults(m.group(1))));
            })
        .toList();
  }

  private static Set<Integer> faults(String method) {
    return NUMBER
        .matcher(method)
        .results()
        .flatMap(m -> range(m.group(1), m.group(2)).stream())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<Integer> range(String first, String last) {
    int from = Integer.parseInt(first);
    return IntStream.rangeClosed(from, last == null ? from : Integer.parseInt(last))
        .boxed()
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(root + " cannot be read", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
