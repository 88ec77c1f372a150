// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashAndRecoverTest {

  private static final int KILLS = 4;

  @TempDir Path directory;

  private final Output output = new Output();

  private Ledger run(int kills) throws Exception {
    return new CrashAndRecover(output.stream, directory).run(kills);
  }

  /** The figures are counted here once more, from the bots' own journal. */
  @Test
  void killedFourTimes_answersAllThatItAccepted() throws Exception {
    run(KILLS);

    List<String> accepted = told("accepted").toList();
    List<String> answered = told("answered").toList();
    Set<String> twice =
        answered.stream()
            .filter(text -> answered.indexOf(text) != answered.lastIndexOf(text))
            .collect(Collectors.toSet());
    assertThat(accepted).doesNotHaveDuplicates().hasSizeGreaterThan(6);
    assertThat(answered).containsAll(accepted);
    assertThat(twice).as("one kill comes when an answer has just been sent").isNotEmpty();
    assertThat(output.text().lines())
        .hasSize(KILLS + 1)
        .last()
        .isEqualTo(
            "accepted %d, answered %d, answered twice (redelivered) %d, lost 0"
                .formatted(accepted.size(), accepted.size(), twice.size()));
    assertThat(output.text().lines().limit(KILLS)).allMatch(line -> line.startsWith("kill  "));
  }

  @Test
  void acceptedButNeverStored_isLost() throws Exception {
    Files.writeString(journal(), "accepted forgotten\n");
    assertThat(run(0).lost()).isEqualTo(1);
    assertThat(output.text())
        .isEqualTo("accepted 7, answered 6, answered twice (redelivered) 0, lost 1\n");
  }

  private Stream<String> told(String kind) throws IOException {
    return Files.readAllLines(journal()).stream()
        .filter(line -> line.startsWith(kind))
        .flatMap(line -> Stream.of(line.split(" ")).skip(1));
  }

  private Path journal() {
    return directory.resolve("journal.txt");
  }
}
