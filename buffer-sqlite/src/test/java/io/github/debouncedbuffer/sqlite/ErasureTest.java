// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** S13, in the files: nothing that was stored of an erased key can be read from them. */
class ErasureTest extends StoreTest {

  private static final String KEY = "wati:50370000009";
  private static final String WORD = "a-word-of-the-customer";

  /** Handled, dead, redriven and pending messages, long ones on pages of their own among them. */
  private void fill() {
    for (int n = 0; n < 40; n++) {
      append(store, "other:50370000001", "other-" + n, "someone else's");
      append(store, KEY, "secret-id-" + n, WORD.repeat(n % 4 == 0 ? 800 : 1));
      change(store, t -> t.save(List.of(waiting(KEY, t(35)))));
    }
    change(store, t -> t.delete(List.of(MessageRange.through(KEY, 40)), t(100_000)));
    for (int n = 0; n < 2; n++) {
      MessageRange range = new MessageRange(KEY, 40 + 10 * n, 50 + 10 * n, Integer.MAX_VALUE);
      change(
          store,
          t -> {
            long id = t.nextTokens(1);
            t.bury(new DeadLetterRow(id, KEY, "ATTEMPTS_USED_UP", WORD, 3, t(1), t(2)), range);
          });
    }
    change(store, t -> t.removeDeadLetter(1, t(100_000)));
  }

  private void erase() {
    change(
        store,
        t -> {
          assertThat(t.erase(KEY)).isGreaterThan(10);
          t.remove(List.of(KEY));
        });
  }

  /** Which of the words that belong to the key are in which file. */
  private List<String> traces() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String word : List.of("50370000009", WORD, "secret-id-")) {
          if (bytes.contains(word)) {
            found.add(word + " in " + file.getFileName());
          }
        }
      }
    }
    return found;
  }

  @Test
  void nothingOfAnErasedKey_isInTheFiles() throws IOException {
    fill();
    assertThat(traces()).isNotEmpty();
    erase();
    assertThat(traces()).isEmpty();
    assertThat(known(new MessageId("other:50370000001", "other-1"))).hasSize(1);
  }

  @Test
  void whatWentBackAndForthBetweenLogAndDatabase_isGoneToo() throws IOException {
    fill();
    reopen(); // moves the log into the database
    append(store, KEY, "secret-id-late", WORD);
    erase();
    assertThat(traces()).isEmpty();
  }

  /**
   * While the batch of an erased key runs, its row stays, and the key in it; then that goes, too.
   */
  @Test
  void theRowOfAnErasedKeyThatRan_goesFromTheFilesWithTheEndOfItsRun() throws IOException {
    fill();
    BatchRow empty = new BatchRow(11, 12, 1, 0, 99, t(0), t(3), false, null);
    change(
        store,
        tx -> {
          tx.erase(KEY);
          tx.save(
              List.of(
                  new KeyRow(
                      KEY,
                      KeyState.RUNNING,
                      t(0),
                      t(1),
                      null,
                      null,
                      Samples.POLICY,
                      null,
                      empty,
                      0)));
        });
    assertThat(traces()).isNotEmpty().allMatch(found -> found.startsWith("50370000009"));
    change(store, t -> t.remove(List.of(KEY)));
    assertThat(traces()).isEmpty();
  }

  /** A reader keeps the log as it is; once it has ended, the next transaction empties the log. */
  @Test
  void aReaderInTheWay_isWaitedFor_andNotForgotten() throws Exception {
    fill();
    try (Connection reader = Raw.connect(file);
        Statement statement = reader.createStatement()) {
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM messages").close();
      erase();
      assertThat(traces()).isNotEmpty();
    }
    append(store, "other:50370000001", "one-more", "someone else's");
    assertThat(traces()).isEmpty();
  }
}
