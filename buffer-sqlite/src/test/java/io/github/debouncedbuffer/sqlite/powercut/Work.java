// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.NormalStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The traced program: threads submit to a buffer whose handler runs meanwhile, the buffer is closed
 * and opened again once. It notes each receipt when {@code submit} has returned, and each message
 * that its handler was given.
 */
final class Work {

  static final String DATABASE = "buffer.db";
  static final String NOTES = "notes";
  static final String RECEIPT = "receipt ";
  static final String HANDED = "handed ";
  static final int LIVES = 2;
  static final int THREADS = 3;
  static final int MESSAGES = 130;
  static final int KEYS = 4;

  private static final Duration SHORT = Duration.ofMillis(40);
  private static final Duration LONG = Duration.ofHours(1);

  private final FileOutputStream notes;
  private final Path database;
  private final boolean full;

  private Work(Path folder, boolean full) throws IOException {
    this.notes = new FileOutputStream(folder.resolve(NOTES).toFile());
    this.database = folder.resolve(DATABASE);
    this.full = full;
  }

  public static void main(String[] args) throws Exception {
    Work work = new Work(Path.of(args[0]), args[1].equals("FULL"));
    for (int life = 0; life < LIVES; life++) {
      work.live(life);
    }
    work.notes.close();
  }

  /** Keys of their own collect for an hour: their messages are pending to the end. */
  private void live(int life) throws InterruptedException {
    BufferStore store = full ? SqliteBufferStore.open(database) : NormalStore.open(database);
    try (DebouncedBuffer<String> buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .windows(key -> WindowPolicy.fixed(isHandled(key) ? SHORT : LONG))
            .handler(batch -> batch.messages().forEach(this::handed))
            .start()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String prefix = life + "." + i + ".";
        threads.add(new Thread(() -> submit(buffer, prefix)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static boolean isHandled(String key) {
    return Integer.parseInt(key) % 2 == 0;
  }

  private void submit(DebouncedBuffer<String> buffer, String prefix) {
    for (int i = 0; i < MESSAGES; i++) {
      String id = prefix + i;
      buffer.submit(key(id), id, payload(id));
      note(RECEIPT + id);
    }
  }

  private void handed(Message<String> message) {
    note(HANDED + message.id().orElseThrow());
  }

  /** One call of the system for each line. */
  private synchronized void note(String line) {
    try {
      notes.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(Integer.toString(i));
    }
    return keys;
  }

  static String key(String id) {
    return Integer.toString(Math.floorMod(id.hashCode(), KEYS));
  }

  /** Told by the id alone; every eighth is longer than a page of the file. */
  static String payload(String id) {
    int hash = Math.floorMod(id.hashCode(), 800);
    return (id + " ").repeat(hash % 8 == 0 ? 1_000 : 1 + hash / 20);
  }
}
