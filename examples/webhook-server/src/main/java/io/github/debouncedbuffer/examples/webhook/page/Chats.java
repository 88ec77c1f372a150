// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.debouncedbuffer.examples.webhook.Outbound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the phones show: the messages that were delivered and the bot's replies, one line of JSON
 * each, in a file that outlives the process. A line is there once, however often it is added: a
 * batch that is answered again after a crash has the same id, and the phone shows one reply.
 *
 * <p>A line that a kill cut off is dropped at the next start. Thread-safe. Keeps all it has shown:
 * a real bot leaves that to its provider.
 */
final class Chats implements Outbound {

  /** Who said it. */
  enum From {
    CUSTOMER,
    BOT
  }

  /**
   * One bubble.
   *
   * @param key whose chat
   * @param from who said it
   * @param id the message's id; of a reply, the batch's
   * @param text what was said
   */
  record Line(String key, From from, String id, String text) {
    private List<Object> identity() {
      return List.of(key, from, id);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Consumer<Line> told;
  private final List<Line> lines = new ArrayList<>();
  private final Set<List<Object>> known = new HashSet<>();

  private Chats(Path file, Consumer<Line> told) {
    this.file = file;
    this.told = told;
  }

  /**
   * Reads what was said so far.
   *
   * @param file made if it is absent
   * @param told of each new line
   */
  static Chats open(Path file, Consumer<Line> told) throws IOException {
    Chats chats = new Chats(file, told);
    String stored = Files.exists(file) ? Files.readString(file) : "";
    String whole = stored.substring(0, stored.lastIndexOf('\n') + 1);
    for (String json : whole.lines().toList()) {
      chats.remember(JSON.readValue(json, Line.class));
    }
    Files.writeString(file, whole);
    return chats;
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Shows the bot's reply, once for a batch. */
  @Override
  public void send(String key, String batchId, String text) throws IOException {
    add(new Line(key, From.BOT, batchId, text));
  }

  /** Shows a line, unless it was shown before. */
  synchronized void add(Line line) throws IOException {
    if (known.contains(line.identity())) {
      return;
    }
    byte[] json = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(json);
    }
    remember(line);
    told.accept(line);
  }

  private void remember(Line line) {
    known.add(line.identity());
    lines.add(line);
  }
}
