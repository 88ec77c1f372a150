// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shape of the house, read from the sources: who may know whom, and how long a file may be. */
class ArchitectureTest {

  private static final String ROOT = "io.github.debouncedbuffer";
  private static final Pattern USE =
      Pattern.compile("\\b(io\\.github\\.debouncedbuffer(?:\\.[a-z]+)*)\\.[A-Z]\\w*");
  private static final int MOST_LINES = 250;

  private static final Path SOURCES = Path.of("src/main/java");

  private static List<Path> sources(Path under) {
    try (Stream<Path> files = Files.walk(under)) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String code(Path file) {
    try {
      return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String packageOf(Path file) {
    return SOURCES.relativize(file).getParent().toString().replace('/', '.');
  }

  /** Which packages a file names, its own apart. */
  private static Set<String> uses(Path file) {
    Set<String> used = new TreeSet<>();
    Matcher matcher = USE.matcher(code(file));
    while (matcher.find()) {
      used.add(matcher.group(1));
    }
    used.remove(packageOf(file));
    return used;
  }

  private static List<Path> in(String packageName) {
    return types().stream().filter(f -> packageOf(f).equals(packageName)).toList();
  }

  private static List<Path> types() {
    return sources(SOURCES).stream()
        .filter(f -> !f.endsWith("package-info.java") && !f.endsWith("module-info.java"))
        .toList();
  }

  @Test
  void theSpi_knowsNothingButTheJdk() {
    assertThat(in(ROOT + ".spi"))
        .hasSizeGreaterThan(10)
        .allSatisfy(f -> assertThat(uses(f)).isEmpty());
  }

  @Test
  void stores_knowTheSpiAlone() {
    assertThat(in(ROOT + ".memory"))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(uses(f)).isSubsetOf(ROOT + ".spi", ROOT + ".index"));
    assertThat(in(ROOT + ".index"))
        .isNotEmpty()
        .allSatisfy(f -> assertThat(uses(f)).isSubsetOf(ROOT + ".spi"));
  }

  @Test
  void theApi_reachesTheEngineThroughTheBuilderAlone() {
    List<String> reaching =
        in(ROOT).stream()
            .filter(f -> uses(f).contains(ROOT + ".internal"))
            .map(f -> f.getFileName().toString())
            .toList();
    assertThat(reaching).containsExactly("DebouncedBufferBuilder.java");
  }

  @Test
  void thereIsNoOtherCycleBetweenPackages() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (Path file : types()) {
      if (!file.endsWith("DebouncedBufferBuilder.java")) {
        arrows.computeIfAbsent(packageOf(file), p -> new TreeSet<>()).addAll(uses(file));
      }
    }
    assertThat(arrows).hasSizeGreaterThanOrEqualTo(4);
    arrows
        .keySet()
        .forEach(p -> assertThat(reachable(p, arrows)).as("from %s", p).doesNotContain(p));
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> arrows) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(arrows.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (seen.add(next)) {
        open.addAll(arrows.getOrDefault(next, Set.of()));
      }
    }
    return seen;
  }

  @Test
  void theProtocol_knowsNoClockLockLoggerThreadOrStore() {
    Path internal = SOURCES.resolve("io/github/debouncedbuffer/internal");
    for (String name :
        List.of(
            "Protocol",
            "MemberProtocol",
            "CallerProtocol",
            "Rows",
            "Batches",
            "Draft",
            "Deadline",
            "Backoff",
            "Decision")) {
      assertThat(code(internal.resolve(name + ".java")))
          .as(name)
          .doesNotContain(
              "Clock",
              "Lock",
              "Logger",
              "Thread",
              "BufferStore",
              "StoreTransaction",
              "synchronized",
              "Instant.now",
              "nanoTime",
              "currentTimeMillis",
              "Random");
    }
  }

  @Test
  void noFile_isLongerThanOneCanRead() throws IOException {
    for (String module :
        List.of(
            "buffer-core",
            "buffer-sqlite",
            "buffer-testkit",
            "buffer-micrometer",
            "buffer-postgres",
            "examples",
            "examples/webhook-server",
            "examples/langchain4j-bot",
            "examples/two-nodes")) {
      Path main = Path.of("..", module, "src/main/java");
      assertThat(sources(main)).as(module).isNotEmpty();
      for (Path file : sources(main)) {
        assertThat(Files.readAllLines(file).size()).as("%s", file).isLessThanOrEqualTo(MOST_LINES);
      }
    }
  }
}
