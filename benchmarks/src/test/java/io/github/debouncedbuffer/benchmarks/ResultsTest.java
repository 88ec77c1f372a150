// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import io.github.debouncedbuffer.benchmarks.race.Contender;
import io.github.debouncedbuffer.benchmarks.race.Contenders;
import io.github.debouncedbuffer.benchmarks.race.Races;
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

  /** Some are held against another contender, some stand for themselves. */
  @Test
  void targets_areMetOrMissed() throws IOException {
    Results results = new Results(folder.resolve("postgres.tsv"));
    String accepting = SeveralNodes.accepting().get(0);
    String told = SeveralNodes.TOLD.get(0);
    results.add(SeveralNodes.ACCEPTED, accepting, 1, SeveralNodes.OF_RAW, 0.59);
    results.add(SeveralNodes.WAKE_UP, told, 1, SeveralNodes.P99, 50);
    String ours = Contenders.oursOnPostgres().get(0).title();
    for (Contender other : Contenders.peersOnPostgres()) {
      results.add(Races.onPostgres(8), other.title(), 1, "end to end/s", 10);
    }
    results.add(Races.onPostgres(8), ours, 1, "end to end/s", 120);
    assertThat(page(results))
        .contains("| P11, " + accepting + " | 0.59 of raw | at least 0.6 | 0.59 | **missed** |")
        .contains("| P12, 8 producers, " + ours + " | 120 / 10 end to end/s |")
        .contains("| P13, " + told + " | 50 p99 ms | at most 50 | 50.00 | met |");
  }

  private String page(Results results) throws IOException {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "<!-- figures: begin -->\n<!-- figures: end -->\n");
    Report.write(results, page, folder.resolve("page.svg"));
    return Files.readString(page);
  }
}
