// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * G1 under a power cut. A child JVM runs a buffer on the store while strace records each call that
 * changes a file, each sync, and the notes that the child writes of its receipts. The record is
 * replayed onto a {@link Disk} that keeps what was synced and, of the rest, what the {@link Fate}
 * of the cut leaves; the store is opened on that, and each receipt noted before the cut must be
 * there.
 *
 * <p>The twin with {@code synchronous=NORMAL} shows that this test sees a loss: kill -9 would not.
 */
class PowerCutTest {

  private static final int CUTS = 400;
  private static final int RECEIPTS = Work.LIVES * Work.THREADS * Work.MESSAGES;

  /** For the records: too long for the little memory that a container may have for files. */
  @TempDir Path traces;

  @Test
  void G1_faults8_afterAPowerCut_everyReceiptIsThere() throws Exception {
    Path memory = Path.of("/dev/shm");
    Path folder =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory.toRealPath(), "power-cut")
            : Files.createTempDirectory(traces.toRealPath(), "power-cut");
    try {
      prove(folder);
    } finally {
      delete(folder);
    }
  }

  private void prove(Path folder) throws Exception {
    if (!Strace.works()) {
      String missing =
          "POWER CUT NOT TESTED: strace (5.3 or later, Linux) is missing or not allowed";
      report(missing);
      assumeTrue(false, missing);
    }
    Cuts full = cuts(folder, "FULL");
    assertThat(full.firstLoss()).as("%s", full).isNull();
    assertThat(full.checkpoints()).isGreaterThan(2 * Work.LIVES);
    Cuts normal = cuts(folder, "NORMAL");
    report(
        "power cut: %d cuts, %d lost; twin NORMAL lost in %d of %d%n  FULL   %s%n  NORMAL %s"
            .formatted(full.made(), full.lossy(), normal.lossy(), normal.made(), full, normal));
    assertThat(normal.lossy()).isGreaterThanOrEqualTo(CUTS / 10);
  }

  private Cuts cuts(Path folder, String synchronous) throws Exception {
    Path traced = Files.createDirectory(folder.resolve(synchronous));
    List<Event> events =
        Strace.events(traced, traces.resolve(synchronous + ".strace"), synchronous);
    Cuts cuts = new Cuts(events, folder.resolve(synchronous + ".cut"));
    assertThat(cuts.receipts()).isEqualTo(RECEIPTS);
    cuts.make(CUTS);
    return cuts;
  }

  private static void report(String lines) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "proof"));
    Files.writeString(folder.resolve("61-power-cut.txt"), lines + "\n");
    System.out.println(lines);
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
