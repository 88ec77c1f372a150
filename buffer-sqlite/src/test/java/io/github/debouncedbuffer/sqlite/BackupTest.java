// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.CommitOutcomeTest.assertReason;
import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.running;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy of a store in use, and what is none. */
class BackupTest extends StoreTest {

  private Path copy;

  @BeforeEach
  void nameTheCopy() {
    copy = directory.resolve("backup.db");
  }

  @Test
  void faults30_backupOfAnOpenStore_hasWhatIsOnlyInTheLog() {
    append(store, "k", "id", "1");
    change(store, t -> t.save(List.of(running("k"))));
    store.backup(copy);
    append(store, "k", null, "later");
    try (SqliteBufferStore restored = SqliteBufferStore.open(copy)) {
      assertThat(texts(restored, "k")).containsExactly("1");
      change(restored, t -> assertThat(t.lock(List.of("k"))).containsValue(running("k")));
    }
    assertThat(texts(store, "k")).containsExactly("1", "later");
  }

  @Test
  void faults30_copyWithoutItsLog_isNoBackup() throws Exception {
    append(store, "k", null, "1");
    Files.copy(file, copy);
    try (SqliteBufferStore lacking = SqliteBufferStore.open(copy)) {
      assertThat(texts(lacking, "k")).isEmpty();
    }
  }

  @Test
  void backup_isAStoreOfItsOwn_soThatNoBatchIdComesAgain() {
    store.backup(copy);
    try (SqliteBufferStore restored = SqliteBufferStore.open(copy)) {
      assertThat(restored.storeId()).isNotEqualTo(store.storeId()).matches("[0-9a-f]{16}");
    }
  }

  @Test
  void backupsUnderLoad_areEachOfOneMoment() throws Exception {
    append(store, "k", null, "first");
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!enough.get()) {
                append(store, "k", null, "more");
              }
            });
    writer.start();
    for (int i = 0; i < 5; i++) {
      Path each = directory.resolve("backup-" + i + ".db");
      store.backup(each);
      try (SqliteBufferStore restored = SqliteBufferStore.open(each)) {
        long pending = restored.transact(StoreTransaction::pendingMessages);
        assertThat(pending).isEqualTo(texts(restored, "k").size()).isPositive();
      }
    }
    enough.set(true);
    writer.join();
  }

  @Test
  void backup_neverTakesThePlaceOfAFile() throws Exception {
    Files.writeString(copy, "an older backup");
    assertReason(Reason.UNAVAILABLE, () -> store.backup(copy));
    assertReason(Reason.UNAVAILABLE, () -> store.backup(file));
    assertThat(copy).hasContent("an older backup");
    append(store, "k", null, "1");
  }

  @Test
  void backupThatAKillLeftHalfDone_isNotInTheWay() throws Exception {
    Files.writeString(directory.resolve("backup.db.part"), "half of one");
    store.backup(copy);
    assertThat(copy).exists();
    assertThat(directory.resolve("backup.db.part")).doesNotExist();
  }

  @Test
  void backupWithoutADirectory_isUnavailable() {
    assertReason(Reason.UNAVAILABLE, () -> store.backup(directory.resolve("none/backup.db")));
  }

  @Test
  void backupOfAClosedStore_isRefused() {
    store.close();
    assertReason(Reason.CLOSED, () -> store.backup(copy));
    assertThat(copy).doesNotExist();
  }

  @Test
  void faults59_backupIsForItsOwnerOnly() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    store.backup(copy);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
  }
}
