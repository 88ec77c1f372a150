// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads what all tests before it have logged, at every level. No test itself by its name: a
 * Surefire execution of its own runs it last.
 */
class LogsRead {

  /** As tests write them: a payload, a key, and a record with a payload in it. */
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile(Pattern.quote(MarkedCodec.MARK)),
          Pattern.compile("503700\\d{5}"),
          Pattern.compile("payload="));

  private static final Pattern LOG_LINE =
      Pattern.compile("^\\[.+] (TRACE|DEBUG|INFO|WARN|ERROR) .*");
  private static final Pattern MASKED = Pattern.compile("wati:\\*\\*\\*\\d\\d");

  private final List<String> lines =
      Stream.of("core", "sqlite", "testkit").flatMap(LogsRead::lines).toList();

  @Test
  void faults59_noLogOfTheWholeRun_hasAPayloadOrAnUnmaskedKey() {
    assertThat(lines.stream().filter(line -> LOG_LINE.matcher(line).matches()))
        .hasSizeGreaterThan(1_000);
    assertThat(lines.stream().filter(line -> MASKED.matcher(line).find())).hasSizeGreaterThan(100);
    for (Pattern secret : SECRETS) {
      assertThat(lines.stream().filter(line -> secret.matcher(line).find()))
          .as("%s: what is planted, and nothing else", secret)
          .singleElement()
          .asString()
          .contains(" " + PlantedLogTest.NAME + " ");
    }
  }

  private static Stream<String> lines(String module) {
    Path reports = Path.of("..", "buffer-" + module, "target", "surefire-reports");
    if (Files.notExists(reports)) {
      return Stream.of(); // This module was tested without the ones before it.
    }
    try (Stream<Path> files = Files.list(reports)) {
      return files.filter(file -> file.toString().endsWith("-output.txt")).toList().stream()
          .flatMap(LogsRead::linesOf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tests print what is not text, too. */
  private static Stream<String> linesOf(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
