// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java on the page is the code that {@link TestingDocTest} runs. */
class TestingPageTest {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// docs: (?!end)[a-z-]+\n(.*?)^ *// docs: end$");

  @Test
  void theJavaOfThePage_isWhatTheTestRuns_inThatOrder() throws IOException {
    Path source = Path.of("src", "test", "java", "io", "github", "debouncedbuffer", "docs");
    List<String> regions = parts(REGION, source.resolve("TestingDocTest.java"));
    List<String> blocks = parts(BLOCK, Path.of("..", "docs", "testing.md"));
    assertThat(regions).hasSizeGreaterThan(3);
    assertThat(blocks).containsExactlyElementsOf(regions);
  }

  /** Without common indentation, and empty lines around. */
  private static List<String> parts(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(1).stripTrailing().stripIndent().strip())
        .toList();
  }
}
