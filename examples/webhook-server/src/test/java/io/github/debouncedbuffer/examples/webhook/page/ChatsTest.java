// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.examples.webhook.page.Chats.From;
import io.github.debouncedbuffer.examples.webhook.page.Chats.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatsTest {

  private static final String KEY = "wati:50370000001";
  private static final Line HELLO = new Line(KEY, From.CUSTOMER, "1", "Hello?\n\"<b>\"");

  @TempDir Path directory;
  private Path file;
  private final List<Line> told = new ArrayList<>();

  @BeforeEach
  void choose() {
    file = directory.resolve("chats.jsonl");
  }

  private Chats open() throws IOException {
    return Chats.open(file, told::add);
  }

  @Test
  void whatWasSaid_isThereAfterARestart() throws IOException {
    Chats chats = open();
    chats.add(HELLO);
    chats.send(KEY, "batch-1", "Hello!");
    Line reply = new Line(KEY, From.BOT, "batch-1", "Hello!");
    assertThat(told).containsExactly(HELLO, reply);
    assertThat(open().lines()).containsExactly(HELLO, reply);
  }

  @Test
  void batchAnsweredAgain_showsOneReply_alsoAfterARestart() throws IOException {
    Chats chats = open();
    chats.send(KEY, "batch-1", "Hello!");
    chats.send(KEY, "batch-1", "Hello again!");
    Chats next = open();
    next.send(KEY, "batch-1", "Hello once more!");
    assertThat(next.lines()).containsExactly(new Line(KEY, From.BOT, "batch-1", "Hello!"));
    assertThat(told).hasSize(1);
  }

  @Test
  void lineCutOffByAKill_isDropped_andTheNextOneIsWhole() throws IOException {
    open().add(HELLO);
    Files.writeString(file, "{\"key\":\"wati:5037", StandardOpenOption.APPEND);
    Chats next = open();
    next.send(KEY, "batch-1", "Hello!");
    assertThat(open().lines()).extracting(Line::text).containsExactly(HELLO.text(), "Hello!");
  }
}
