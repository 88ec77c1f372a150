// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalChatTest {

  @TempDir Path directory;

  private final Output output = new Output();
  private Path db;

  @BeforeEach
  void choose() {
    db = directory.resolve("chat.db");
  }

  @Test
  void pipe_isAnsweredBeforeItEnds() throws Exception {
    chat("--window", "2s", "--ai", "1ms")
        .run(new BufferedReader(new StringReader("first line\n\nsecond line\n")));
    assertThat(output.text())
        .contains("AI: You wrote \"first line\", \"second line\".")
        .doesNotContain("late", "waiting");
  }

  @Test
  void lineDuringTheAnswer_isLate_andInTheNextAnswer() throws Exception {
    try (PipedWriter keyboard = new PipedWriter()) {
      BufferedReader in = new BufferedReader(new PipedReader(keyboard));
      TerminalChat chat = chat("--window", "1ms", "--ai", "3s");
      CompletableFuture<Void> ended = new CompletableFuture<>();
      new Thread(() -> run(chat, in, ended)).start();
      keyboard.write("one\n");
      keyboard.flush();
      output.await("the AI reads 1");
      keyboard.write("two\n");
      keyboard.flush();
      output.await("late: will be in the next answer");
      keyboard.close();
      ended.get(60, TimeUnit.SECONDS);
    }
    assertThat(output.text().lines())
        .containsSubsequence("AI: You wrote \"one\".", "AI: You wrote \"two\".");
  }

  private static void run(TerminalChat chat, BufferedReader in, CompletableFuture<Void> ended) {
    try {
      chat.run(in);
      ended.complete(null);
    } catch (Throwable thrown) {
      ended.completeExceptionally(thrown);
    }
  }

  @Test
  void killedWhileItCollects_findsItsMessagesAgain() throws Exception {
    try (ChildChat killed = new ChildChat(db, "--window", "1000s")) {
      killed.type("are you there?");
      killed.output.await("stored");
      killed.kill();
    }
    try (ChildChat next = new ChildChat(db)) {
      next.output.await("1 message is still waiting from last time.");
    }
  }

  @Test
  void leftWhileTheAiThinks_answersAfterTheNextStart() throws Exception {
    try (ChildChat left = new ChildChat(db, "--window", "1ms", "--ai", "1000s")) {
      left.type("are you there?");
      left.output.await("the AI reads 1");
      left.terminate();
      left.awaitExit();
      left.output.await("1 message is stored and will be answered after the next start.");
    }
    try (ChildChat next = new ChildChat(db, "--ai", "1ms")) {
      next.endInput();
      assertThat(next.awaitExit()).isZero();
      assertThat(next.output.text().lines())
          .containsSubsequence(
              "1 message is still waiting from last time.", "AI: You wrote \"are you there?\".");
    }
  }

  @Test
  void secondChatOnTheSameFile_saysThatItIsInUse() throws Exception {
    TerminalChat first = chat();
    try (ChildChat second = new ChildChat(db)) {
      assertThat(second.awaitExit()).isEqualTo(2);
      assertThat(second.output.text()).contains("usage:").doesNotContain("\tat ");
    }
    first.run(new BufferedReader(new StringReader("")));
  }

  @Test
  void nonsense_isRefused() {
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--ai", "soon")))
        .hasMessage("soon is not a duration such as 3s or 500ms");
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--ai")))
        .hasMessage("a value is missing after --ai");
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--help", "")))
        .hasMessage("unknown option --help");
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--window", "0s")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private TerminalChat chat(String... options) {
    List<String> all = new ArrayList<>(List.of("--db", db.toString()));
    all.addAll(List.of(options));
    return new TerminalChat(ChatOptions.parse(all), output.stream);
  }
}
