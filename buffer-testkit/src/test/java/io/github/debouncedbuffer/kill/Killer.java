// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts life after life on one file, kills each at its moment, and looks at what it has left. */
final class Killer {

  private final Path folder;
  private final Random random;
  private int lives;
  private long fewestPending = Long.MAX_VALUE;

  Killer(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  void kill(Moment moment) throws IOException, InterruptedException {
    Process process = start(moment);
    try {
      await(process, moment == Moment.AT_RANDOM ? "UNDER LOAD" : "STOPPED");
      if (moment == Moment.AT_RANDOM) {
        // The instant of the kill is to be any; that takes real time.
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(40_000)));
      }
      assertThat(process.isAlive()).as("it lives until it is killed").isTrue();
    } finally {
      process.toHandle().destroyForcibly(); // SIGKILL
      process.waitFor();
    }
    fewestPending = Math.min(fewestPending, pending());
  }

  /** A last life without a kill, at the end of which nothing is pending. */
  KillCheck drain() throws IOException, InterruptedException {
    Process process = start(Moment.DRAINED);
    await(process, "DRAINED");
    assertThat(process.waitFor()).isZero();
    assertThat(pending()).isZero();
    return new KillCheck(KilledChild.MAX_ATTEMPTS)
        .judge(Journal.read(folder.resolve(KilledChild.JOURNAL)), deadLetters());
  }

  /** The fewest messages that were pending at a kill. */
  long fewestPending() {
    return fewestPending;
  }

  private Process start(Moment moment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.add("-Dorg.slf4j.simpleLogger.log.io.github.debouncedbuffer=off");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledChild.class.getName(), folder.toString()));
    command.addAll(List.of("" + lives++, moment.name(), "" + (60 + random.nextInt(200))));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()));
    return builder.start();
  }

  private void await(Process process, String wanted) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals(wanted) || line.equals("STOPPED")) {
        return;
      }
    }
    throw new AssertionError("it ended before " + wanted + ": " + Files.readString(errors()));
  }

  private Path errors() {
    return folder.resolve("errors.txt");
  }

  private long pending() {
    try (SqliteBufferStore store = open()) {
      return store.transact(transaction -> transaction.pendingMessages());
    }
  }

  List<BuriedLetter> deadLetters() {
    try (SqliteBufferStore store = open()) {
      return store.transact(transaction -> transaction.deadLetters(0, Integer.MAX_VALUE));
    }
  }

  private SqliteBufferStore open() {
    return SqliteBufferStore.open(folder.resolve(KilledChild.DATABASE));
  }
}
