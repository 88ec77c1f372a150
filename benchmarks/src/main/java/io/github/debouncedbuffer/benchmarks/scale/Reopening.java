// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.scale;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.Rounds.Entry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How long a start takes with much that is pending, against reading it all. */
public final class Reopening {

  private static final String TEXT = "x".repeat(120);

  private final Rounds rounds;
  private final int messages;
  private final int keys;

  /** So many messages of so many keys. */
  public Reopening(Rounds rounds, int messages, int keys) {
    this.rounds = rounds;
    this.messages = messages;
    this.keys = keys;
  }

  /** Fills a file and measures both on it. */
  public void run() throws Exception {
    rounds.run(
        "reopening, %,d messages of %,d keys".formatted(messages, keys),
        List.of(new Entry("first batch, and reading all", this::measure)));
  }

  private Map<String, Double> measure(Path folder) throws Exception {
    try (DebouncedBuffer<String> buffer =
        Waiting.buffer(Stores.SQLITE.open(folder), batch -> {}).start()) {
      Waiting.submit(buffer, messages, n -> Waiting.key(n % keys), TEXT);
    }
    double raw = readAll(folder.resolve("buffer.db"));
    long begin = System.nanoTime();
    CountDownLatch first = new CountDownLatch(1);
    try (DebouncedBuffer<String> buffer =
        Waiting.buffer(Stores.SQLITE.open(folder), batch -> first.countDown()).start()) {
      buffer.flush(Waiting.key(1));
      first.await();
      double ours = (System.nanoTime() - begin) / 1e6;
      return Map.of("first batch ms", ours, "SELECT key, sequence ms", raw);
    }
  }

  private static double readAll(Path file) throws SQLException {
    long begin = System.nanoTime();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT key, sequence FROM messages")) {
      long sum = 0;
      while (rows.next()) {
        sum += rows.getString(1).length() + rows.getLong(2);
      }
      return sum > 0 ? (System.nanoTime() - begin) / 1e6 : Double.NaN;
    }
  }
}
