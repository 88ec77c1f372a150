// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.benchmarks.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page shows what was measured on another JVM, beside the main run and apart from it. */
class ResultsTest {

  @TempDir Path folder;

  @Test
  void theFiguresOfAnotherRun_areOnThePage_andStayInTheirFile() throws IOException {
    Path main = folder.resolve("short.tsv");
    Path virtual = folder.resolve("virtual.tsv");
    new Results(main).add("accepted", "ours", 1, "messages/s", 7);
    new Results(virtual).add("accepted, virtual threads", "ours", 1, "messages/s", 8);
    assertThat(page(new Results(main).and(virtual)))
        .containsSubsequence("| accepted |", "| ours | 7 |")
        .containsSubsequence("| accepted, virtual threads |", "| ours | 8 |");
    assertThat(main).content().doesNotContain("virtual");
  }

  @Test
  void withoutAnotherRun_thePageHasTheMainOneAlone() throws IOException {
    Path main = folder.resolve("short.tsv");
    new Results(main).add("accepted", "ours", 1, "messages/s", 7);
    assertThat(page(new Results(main).and(folder.resolve("virtual.tsv"))))
        .contains("| ours | 7 |")
        .doesNotContain("virtual");
  }

  private String page(Results results) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "<!-- figures: begin -->\n<!-- figures: end -->\n");
    Report.write(results, page, folder.resolve("page.svg"));
    return Files.readString(page);
  }
}
