// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A copy of an open database as of one moment. SQLite itself makes it, on a connection of its own:
 * it knows what is still in the log, and writers need not wait.
 *
 * <p>The copy gets another store id. What is answered after it was taken will be answered again if
 * it is restored, in batches that count on from the same number: under the old id, one batch id
 * would stand for two batches.
 */
final class Backup {

  private static final String COPY = "VACUUM INTO ?";
  private static final String RENAME = "UPDATE store SET store_id = ?";

  private final DatabaseFile source;
  private final SqliteOptions options;

  Backup(DatabaseFile source, SqliteOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Under another name first, so that a copy that is there is a whole one. */
  void writeTo(Path path) {
    DatabaseFile target = DatabaseFile.at(path);
    target.requireAbsent();
    DatabaseFile part = DatabaseFile.at(target.beside(".part"));
    try {
      Files.deleteIfExists(part.path());
      part.create();
      copy(part);
      sync(part.path());
      Files.move(part.path(), target.path(), StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(target);
    } catch (SQLException e) {
      throw Failures.of(part, e);
    } catch (IOException e) {
      throw DatabaseFile.cannotCreate(target.path(), e);
    }
  }

  private void copy(DatabaseFile part) throws SQLException {
    try (Connection reader = Connector.reader(source, options).open();
        PreparedStatement copy = reader.prepareStatement(COPY)) {
      copy.setString(1, part.toString());
      copy.execute();
    }
    try (Connection writer = Connector.writer(part, options).open();
        PreparedStatement rename = writer.prepareStatement(RENAME)) {
      rename.setString(1, SqliteOptions.randomStoreId());
      if (rename.executeUpdate() != 1) {
        throw new StoreException(Reason.CORRUPT, source + " has no row for the store itself");
      }
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The name, too, is to survive a power cut. Not every system opens a directory. */
  private static void syncDirectory(DatabaseFile target) throws IOException {
    Path directory = target.path().getParent();
    if (directory != null && DatabaseFile.hasPosixModes()) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
