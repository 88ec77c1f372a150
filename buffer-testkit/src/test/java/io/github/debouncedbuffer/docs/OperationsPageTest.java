// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for operators knows every line that is logged for them, and every reason. */
class OperationsPageTest {

  private static final Pattern LOGGED =
      Pattern.compile("(?i)\\blog\\.(info|warn|error)\\(\\s*((?:\"[^\"]*\"(?:\\s*\\+\\s*)?)+)");

  @Test
  void everyLineForOperators_isOnThePage_withItsLevel() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    List<String> lines =
        Stream.of("core", "sqlite", "postgres").flatMap(OperationsPageTest::logged).toList();
    assertThat(lines).hasSizeGreaterThan(20);
    assertThat(lines).allSatisfy(line -> assertThat(page).contains(line));
  }

  @Test
  void everyReason_isOnThePage() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    for (Reason reason : Reason.values()) {
      assertThat(page).contains("`" + reason + "`");
    }
  }

  private static Stream<String> logged(String module) {
    try (Stream<Path> files = Files.walk(Path.of("..", "buffer-" + module, "src", "main"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
          .flatMap(OperationsPageTest::loggedIn);
    } catch (IOException e) {
      throw new AssertionError(module, e);
    }
  }

  /** As the page has them: level and text. */
  private static Stream<String> loggedIn(Path file) {
    try {
      return LOGGED
          .matcher(Files.readString(file))
          .results()
          .map(
              m ->
                  m.group(1).toUpperCase(Locale.ROOT)
                      + " | `"
                      + m.group(2).replaceAll("\"\\s*\\+\\s*\"", "").strip().replace("\"", "")
                      + "`");
    } catch (IOException e) {
      throw new AssertionError(file.toString(), e);
    }
  }
}
