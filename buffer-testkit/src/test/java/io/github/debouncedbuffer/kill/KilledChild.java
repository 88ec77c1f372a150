// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One life: a buffer over the file under load, until it is killed. Arguments: the folder, the
 * number of the life, its {@link Moment}, and after how many receipts that may come.
 */
final class KilledChild {

  static final int MAX_ATTEMPTS = 3;
  static final String DATABASE = "buffer.db";
  static final String JOURNAL = "journal.txt";
  static final String POISON = "poison";

  private final Journal journal;
  private final Ending ending;

  private KilledChild(Journal journal, Ending ending) {
    this.journal = journal;
    this.ending = ending;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    List<List<String>> past = Journal.read(folder.resolve(JOURNAL));
    Journal journal = new Journal(folder.resolve(JOURNAL));
    journal.write("LIFE %s", args[1]);
    Ending ending = new Ending(Moment.valueOf(args[2]), Integer.parseInt(args[3]), journal);
    KilledChild child = new KilledChild(journal, ending);
    try (DebouncedBuffer<String> buffer = child.start(folder.resolve(DATABASE))) {
      Load load = new Load(args[1], buffer, journal, ending);
      load.again(past);
      if (ending.moment == Moment.DRAINED) {
        awaitDrained(buffer);
        return;
      }
      if (ending.moment == Moment.IN_HANDLER) {
        load.poison(past);
      }
      load.start();
      // Far longer than a life lasts: a child that nobody kills must not outlive the build.
      new CountDownLatch(1).await(60, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(3);
    }
  }

  private DebouncedBuffer<String> start(Path file) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(new JournaledStore(SqliteBufferStore.open(file), journal, ending))
        .windows(KilledChild::window)
        .workers(6)
        .retry(
            RetryPolicy.DEFAULT
                .maxAttempts(MAX_ATTEMPTS)
                .backoff(Duration.ofMillis(10), Duration.ofMillis(20)))
        .handler(this::handle)
        .start();
  }

  private static WindowPolicy window(String key) {
    WindowPolicy policy =
        key.endsWith("1") || key.endsWith("3")
            ? WindowPolicy.quiet(Duration.ofMillis(10), Duration.ofMillis(40))
            : WindowPolicy.fixed(Duration.ofMillis(20));
    return policy.maxBatch(20);
  }

  private void handle(Batch<String> batch) {
    String run = "%s %s %d".formatted(batch.key(), batch.id(), batch.attempt());
    journal.write("BEGIN %s %s", run, members(batch.messages()));
    if (batch.key().equals(POISON)) {
      ending.stop(0);
    }
    int luck = Math.floorMod(batch.id().hashCode(), 10);
    // The handler is to be slow in real time, so that kills come while batches run.
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3 + 2L * luck));
    boolean fails = luck == 0 || (luck < 3 && batch.attempt() == 1);
    journal.write("END %s %s", run, fails ? "FAILED" : "NORMALLY");
    if (fails) {
      throw new IllegalStateException("planned");
    }
  }

  private static String members(List<Message<String>> messages) {
    return messages.stream()
        .map(message -> message.sequence() + ":" + message.payload())
        .collect(Collectors.joining(","));
  }

  private static void awaitDrained(DebouncedBuffer<String> buffer) {
    while (buffer.stats().store().pendingMessages() > 0) {
      // Nothing tells an application that all keys are idle, and time here is real.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    System.out.println("DRAINED");
  }
}
