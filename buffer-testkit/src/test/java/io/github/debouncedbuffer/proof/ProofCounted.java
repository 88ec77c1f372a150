// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Runs behind all other tests: what they have left behind shows that they ran, and how much. A test
 * that the build skips in silence leaves nothing.
 */
class ProofCounted {

  private static final List<Path> FOLDERS =
      List.of(
          Path.of("..", "buffer-core", "target", "proof"),
          Path.of("..", "buffer-sqlite", "target", "proof"),
          Proof.FOLDER);

  @Test
  void everyPartOfTheProof_hasRun_andIsPrinted() throws IOException {
    TreeMap<String, String> lines = new TreeMap<>();
    for (Path folder : FOLDERS) {
      for (Path file : files(folder)) {
        lines.put(file.getFileName().toString(), Files.readString(file).strip());
      }
    }
    System.out.println("\n== The proof\n");
    lines.values().forEach(System.out::println);
    System.out.println();

    int scenarios = Integer.getInteger("proof.scenarios", 200_000);
    assertThat(number(lines, "10-exhaustive-1.txt", "([\\d,]+) sequences"))
        .isGreaterThan(1_000_000);
    assertThat(number(lines, "10-exhaustive-2.txt", "([\\d,]+) sequences"))
        .isGreaterThan(1_000_000);
    assertThat(number(lines, "20-in-memory.txt", "([\\d,]+) scenarios")).isEqualTo(scenarios);
    assertThat(number(lines, "22-on-sqlite.txt", "([\\d,]+) scenarios")).isEqualTo(scenarios / 100);
    assertThat(number(lines, "23-fresh-jvms.txt", "([\\d,]+) bytes")).isPositive();
    assertThat(number(lines, "24-nodes.txt", "([\\d,]+) scenarios"))
        .isEqualTo(Integer.getInteger("proof.nodes", 10_000));
    int keys = Integer.getInteger("soak.keys", 20_000);
    assertThat(number(lines, "26-soak-in-memory.txt", "([\\d,]+) keys")).isEqualTo(keys);
    assertThat(number(lines, "27-soak-on-sqlite.txt", "([\\d,]+) keys")).isEqualTo(keys);
    assertThat(number(lines, "26-each-failure-in-memory.txt", "([\\d,]+) failed transactions"))
        .isGreaterThan(2_000);
    assertThat(number(lines, "26-each-failure-in-memory.txt", "([\\d,]+) failed calls"))
        .isGreaterThan(3_000);
    assertThat(number(lines, "27-each-failure-on-sqlite.txt", "([\\d,]+) failed transactions"))
        .isGreaterThan(250);
    assertThat(number(lines, "30-properties.txt", "([\\d,]+) properties")).isEqualTo(8);
    assertThat(number(lines, "30-properties.txt", "([\\d,]+) scenarios"))
        .isEqualTo(ScenarioProperties.TRIES * (6 * 3 + 2 + 1));
    assertThat(number(lines, "40-mutants.txt", "([\\d,]+) mutants caught")).isGreaterThan(50);
    assertThat(number(lines, "41-mutants-by-contract.txt", "([\\d,]+) mutants caught"))
        .isEqualTo(10);
    assertThat(lines).containsKey("42-mutants-by-threads.txt");
    assertThat(number(lines, "43-mutants-by-each-failure.txt", "([\\d,]+) mutants caught"))
        .isEqualTo(6);
    assertThat(number(lines, "44-mutants-of-nodes.txt", "([\\d,]+) mutants caught")).isEqualTo(13);
    assertThat(number(lines, "60-kill.txt", "([\\d,]+) kills")).isGreaterThanOrEqualTo(40);
    int tries = Integer.getInteger("jqwik.tries.default", 1_000);
    assertThat(number(lines, "70-fuzz-rows.txt", "([\\d,]+) altered")).isGreaterThan(tries / 2);
    assertThat(number(lines, "71-fuzz-files.txt", "([\\d,]+) damaged")).isEqualTo(2 * tries);
    assertThat(number(lines, "72-fuzz-texts.txt", "([\\d,]+) texts accepted"))
        .isGreaterThan(tries / 10);
    assertThat(lines.get("50-threads.txt").lines()).hasSize(5);
    assertThat(lines.get("61-power-cut.txt"))
        .containsAnyOf("power cut: 400 cuts, 0 lost; twin NORMAL lost in", "POWER CUT NOT TESTED");
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (var found = Files.list(folder)) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private static int number(TreeMap<String, String> lines, String file, String pattern) {
    assertThat(lines).containsKey(file);
    Matcher matcher = Pattern.compile(pattern).matcher(lines.get(file));
    assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
    return Integer.parseInt(matcher.group(1).replace(",", ""));
  }
}
