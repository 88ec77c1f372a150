// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {

  @TempDir Path directory;

  @Test
  void burstBecomesOneAnswer_andTheLateMessageTheNext() throws Exception {
    assertThat(run().lines())
        .containsSubsequence(
            "wamid.3 stored: For two persons.",
            "  the AI is at work on [Hello!, Do you have a room for Saturday?, For two"
                + " persons.]",
            "wamid.4 late: With breakfast, please.",
            "  to wati:50370000001: This answers [Hello!, Do you have a room for Saturday?,"
                + " For two persons.]",
            "  to wati:50370000001: This answers [With breakfast, please.]");
  }

  @Test
  void secondRun_answersNothingTwice() throws Exception {
    run();
    assertThat(run().lines()).hasSize(4).allMatch(line -> line.contains(" DUPLICATE: "));
  }

  private String run() throws Exception {
    Output output = new Output();
    new QuickStart(output.stream, Duration.ofSeconds(2), Duration.ofSeconds(2))
        .run(directory.resolve("chat.db"));
    return output.text();
  }
}
