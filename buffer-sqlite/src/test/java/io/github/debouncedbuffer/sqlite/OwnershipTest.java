// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.CommitOutcomeTest.assertReason;
import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** Faults 24, 29, 59, and closing. If this fails, look at {@link OwnerLock}. */
class OwnershipTest extends StoreTest {

  @Test
  void faults24_secondOpenInThisProcess_isInUse() {
    assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(file));
    append(store, "k", null, "1");
    store.close();
    SqliteBufferStore.open(file).close();
  }

  @Test
  void faults24_secondOpenByAnotherPath_isInUse() throws Exception {
    Path link = directory.resolve("link.db");
    Files.createSymbolicLink(link, file);
    assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(link));
    Path detour = directory.resolve("sub").resolve("..").resolve("buffer.db");
    Files.createDirectory(directory.resolve("sub"));
    assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(detour));
  }

  @Test
  void faults24_secondProcess_isInUse_namingTheFile() throws Exception {
    try (Child child = Child.open(file)) {
      assertThat(child.says()).startsWith("IN_USE ").contains(file.toString());
    }
  }

  /** A POSIX lock is dropped when the process closes any channel to its file. */
  @Test
  void faults24_secondProcess_isInUse_alsoAfterAFailedSecondOpenHere() throws Exception {
    assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(file));
    try (Child child = Child.open(file)) {
      assertThat(child.says()).startsWith("IN_USE ");
    }
  }

  /** Two paths that are no links of each other, as a directory mounted twice has them. */
  @Test
  void faults24_sameLockFileByAnotherPath_isInUse() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createLink(elsewhere.resolve("buffer.db.lock"), directory.resolve("buffer.db.lock"));
    assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(elsewhere.resolve("buffer.db")));
    try (Child child = Child.open(file)) {
      assertThat(child.says()).startsWith("IN_USE ");
    }
  }

  @Test
  void faults24_weAreTheSecondProcess() throws Exception {
    Path other = directory.resolve("other.db");
    try (Child child = Child.open(other)) {
      assertThat(child.says()).isEqualTo("OPEN");
      assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(other));
    }
    SqliteBufferStore.open(other).close();
  }

  @Test
  void G16_killedOwner_leavesEverythingAndNoLock() throws Exception {
    Path other = directory.resolve("other.db");
    try (Child child = Child.open(other)) {
      assertThat(child.says()).isEqualTo("OPEN");
      child.kill();
    }
    try (SqliteBufferStore next = SqliteBufferStore.open(other)) {
      assertThat(texts(next, "child")).containsExactly("from the child");
    }
  }

  @Test
  void faults59_allFilesAreForTheirOwnerOnly() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    append(store, "k", null, "1");
    for (String suffix : new String[] {"", "-wal", "-shm", ".lock"}) {
      Path path = directory.resolve("buffer.db" + suffix);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .as(suffix)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void faults29_fileDeletedWhileOpen_isUnavailable() throws Exception {
    append(store, "k", null, "1");
    Files.delete(file);
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    assertThat(file).doesNotExist();
  }

  @Test
  void faults29_fileReplacedWhileOpen_isUnavailable_andTheNewOneIsLeftAlone() throws Exception {
    append(store, "k", null, "1");
    Path copy = directory.resolve("copy");
    Files.writeString(copy, "something else");
    Files.move(file, directory.resolve("moved"));
    Files.move(copy, file);
    Path log = directory.resolve("buffer.db-wal");
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    store.close();
    assertThat(file).hasContent("something else");
    assertThat(log).exists();
  }

  @Test
  void faults29_sameFilePutBack_worksOn() throws Exception {
    Path moved = directory.resolve("moved");
    Files.move(file, moved);
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    Files.move(moved, file);
    append(store, "k", null, "1");
    assertThat(texts(store, "k")).containsExactly("1");
  }

  @Test
  void closed_refusesTransactions_andMayBeClosedAgain() {
    store.close();
    store.close();
    assertReason(Reason.CLOSED, () -> append(store, "k", null, "lost"));
    assertThat(store.storeId()).isEqualTo("test");
  }

  @Test
  void close_leavesEverythingInTheOneFile() throws Exception {
    append(store, "k", null, "1");
    store.close();
    assertThat(directory.resolve("buffer.db-wal")).doesNotExist();
    Path copy = Files.copy(file, directory.resolve("copy.db"));
    try (SqliteBufferStore copied = SqliteBufferStore.open(copy)) {
      assertThat(texts(copied, "k")).containsExactly("1");
    }
  }

  @Test
  void interruptedThread_opensWritesAndCloses_andStaysInterrupted() {
    store.close();
    Thread.currentThread().interrupt();
    try {
      openStore();
      append(store, "k", null, "1");
      assertThat(texts(store, "k")).containsExactly("1");
      assertReason(Reason.IN_USE, () -> SqliteBufferStore.open(file));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      store.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /** The first open in a JVM unpacks the native library too. */
  @Test
  void interruptedThread_canBeTheFirstToOpen() throws Exception {
    try (Child child = Child.open(directory.resolve("other.db"), "-Dinterrupted=true")) {
      assertThat(child.says()).isEqualTo("OPEN");
    }
  }
}
