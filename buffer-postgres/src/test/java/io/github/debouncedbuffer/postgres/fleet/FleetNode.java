// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import io.github.debouncedbuffer.spi.StoreException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.postgresql.ds.PGSimpleDataSource;

/** A node in a JVM of its own, which may be killed or stopped at any instant. */
final class FleetNode {

  static final Duration LEASE = Duration.ofSeconds(3);
  private static final int KEYS = 9;
  private static final int SUBMITTERS = 3;

  private final String name;
  private final OutputStream journal;
  private final Random random;
  private volatile boolean submitting = true;

  private FleetNode(String name, OutputStream journal) {
    this.name = name;
    this.journal = journal;
    this.random = new Random(name.hashCode());
  }

  /**
   * Gets its name, the database's URL and the journal. Its input ends when it is to come to rest.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (OutputStream journal = new FileOutputStream(args[2], true)) {
      new FleetNode(args[0], journal).run(args[1]);
    }
  }

  private void run(String url) throws IOException, InterruptedException {
    var database = new PGSimpleDataSource();
    database.setUrl(url);
    try (var buffer = started(database)) {
      work(buffer);
    }
  }

  /** A database that does not answer in time at the start is asked again. */
  private DebouncedBuffer<String> started(PGSimpleDataSource database) {
    while (true) {
      try {
        return start(database);
      } catch (StoreException refused) {
        if (!refused.reason().isRetryable()) {
          throw refused;
        }
      }
    }
  }

  private DebouncedBuffer<String> start(PGSimpleDataSource database) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(PostgresBufferStore.open(database, PostgresOptions.defaults().withLease(LEASE)))
        .window(WindowPolicy.fixed(Duration.ofMillis(80)))
        .retry(
            RetryPolicy.DEFAULT
                .maxAttempts(1_000)
                .backoff(Duration.ofMillis(20), Duration.ofMillis(100)))
        .workers(4)
        .handler(this::handle)
        .start();
  }

  private void work(DebouncedBuffer<String> buffer) throws IOException, InterruptedException {
    Thread[] submitters = new Thread[SUBMITTERS];
    for (int i = 0; i < SUBMITTERS; i++) {
      String ids = name + "-" + i + "-";
      submitters[i] = new Thread(() -> submit(buffer, ids));
      submitters[i].start();
    }
    while (System.in.read() >= 0) {}
    submitting = false;
    for (Thread each : submitters) {
      each.join();
    }
    while (isPending(buffer)) {
      Thread.sleep(50);
    }
  }

  private static boolean isPending(DebouncedBuffer<String> buffer) {
    try {
      return buffer.stats().store().pendingMessages() > 0;
    } catch (StoreException unanswered) {
      return true;
    }
  }

  private void submit(DebouncedBuffer<String> buffer, String ids) {
    for (int i = 0; submitting; i++) {
      String id = ids + i;
      String key = "wati:5037000000" + (1 + next(KEYS));
      try {
        long sequence = buffer.submit(key, id, id).sequence();
        tell(Line.Kind.ACCEPTED, key, id, 0, List.of(sequence));
        Thread.sleep(next(8));
      } catch (StoreException refused) {
        continue; // whatever became of it: nobody was told that it is accepted
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void handle(Batch<String> batch) throws InterruptedException {
    tell(Line.Kind.BEGUN, batch);
    Thread.sleep(next(40));
    if (next(20) == 0) {
      tell(Line.Kind.THROWS, batch);
      throw new IllegalStateException("planned");
    }
    tell(Line.Kind.ASKS, batch);
    try {
      batch.ensureCurrent();
    } catch (StaleBatchException stale) {
      tell(Line.Kind.STALE, batch);
      throw stale;
    } catch (StoreException unanswered) {
      tell(Line.Kind.THROWS, batch);
      throw unanswered;
    }
    tell(Line.Kind.CURRENT, batch);
    if (isNotedInTheDatabase(batch.key())) {
      batch.onComplete(Connection.class, connection -> note(connection, batch));
    }
    Thread.sleep(next(40));
    tell(Line.Kind.RETURNS, batch);
  }

  /** Whether what is handled of a key is written down together with its completion, too. */
  static boolean isNotedInTheDatabase(String key) {
    return key.charAt(key.length() - 1) % 2 == 0;
  }

  /** Without a constraint that would keep a second one out. */
  private static void note(Connection connection, Batch<String> batch) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO handled (message) VALUES (?)")) {
      for (Message<String> message : batch.messages()) {
        insert.setLong(1, message.sequence());
        insert.executeUpdate();
      }
    }
  }

  private void tell(Line.Kind kind, Batch<String> batch) {
    List<Long> sequences = batch.messages().stream().map(Message::sequence).toList();
    tell(kind, batch.key(), batch.id(), batch.attempt(), sequences);
  }

  /** One write for a line, so that a kill leaves no half of it. */
  private synchronized void tell(
      Line.Kind kind, String key, String batch, int attempt, List<Long> messages) {
    Line line = new Line(System.nanoTime(), name, kind, key, batch, attempt, messages);
    try {
      journal.write((line.inWords() + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private synchronized int next(int bound) {
    return random.nextInt(bound);
  }
}
