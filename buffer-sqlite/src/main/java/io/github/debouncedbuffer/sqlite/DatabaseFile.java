// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database file and those beside it. It is never opened from here once it exists: closing it
 * again would drop the locks that SQLite, in the same process, holds on it.
 */
final class DatabaseFile {

  private final Path path;
  private @Nullable Object identity;

  private DatabaseFile(Path path) {
    this.path = path;
  }

  /** Applies the rules for paths and resolves links, so that one file has one name. */
  static DatabaseFile at(Path path) {
    requireFileName(path);
    if (Files.isDirectory(path)) {
      throw new StoreException(Reason.UNAVAILABLE, path + " is a directory; name a file in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new StoreException(Reason.UNAVAILABLE, path + " is not a regular file");
    }
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreException(
          Reason.UNAVAILABLE, path + ": its directory does not exist; make it first");
    }
    try {
      Path real =
          Files.exists(path)
              ? path.toRealPath()
              : directory.toRealPath().resolve(path.getFileName());
      requireFileName(real);
      return new DatabaseFile(real);
    } catch (IOException e) {
      throw new StoreException(Reason.UNAVAILABLE, path + " cannot be reached", e);
    }
  }

  /** The path becomes a part of a JDBC URL, where some characters would be parameters. */
  private static void requireFileName(Path path) {
    String name = path.toString();
    if (path.getFileSystem() != FileSystems.getDefault()
        || name.isBlank()
        || name.contains(":memory:")
        || name.startsWith("file:")
        || name.contains("?")
        || name.contains("&")) {
      throw new IllegalArgumentException(
          "the path '"
              + name
              + "' must name a file of the default file system, without '?', '&', 'file:' and"
              + " ':memory:'");
    }
  }

  /** Makes the file, empty and for its owner only, unless it exists; remembers which one it is. */
  void create() {
    try {
      Files.createFile(path, ownerOnly());
    } catch (FileAlreadyExistsException e) {
      requireWritable();
    } catch (IOException e) {
      throw cannotCreate(path, e);
    }
    identity = currentIdentity();
  }

  /** A backup must not take the place of another, let alone of a database that is in use. */
  void requireAbsent() {
    if (Files.exists(path)) {
      throw new StoreException(
          Reason.UNAVAILABLE, path + " exists and was left alone; name a file that does not");
    }
  }

  private void requireWritable() {
    if (!Files.isWritable(path)) {
      throw new StoreException(
          Reason.READ_ONLY, path + " cannot be written; make it writable for this user");
    }
  }

  static StoreException cannotCreate(Path file, IOException e) {
    Path directory = file.getParent();
    if (directory != null && !Files.isWritable(directory)) {
      return new StoreException(
          Reason.READ_ONLY,
          file + " cannot be made: its directory cannot be written; make it writable for this user",
          e);
    }
    return new StoreException(Reason.UNAVAILABLE, file + " cannot be made; the cause says why", e);
  }

  static boolean hasPosixModes() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  static FileAttribute<?>[] ownerOnly() {
    return hasPosixModes()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** False once the path leads to another file, or to none: what SQLite writes is lost then. */
  boolean isSame() {
    return Objects.equals(identity, currentIdentity());
  }

  void requireSame() {
    if (!isSame()) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          path
              + " was deleted or replaced while it was open; nothing was stored. Put the same file"
              + " back, or restart on the one that is there now");
    }
  }

  private @Nullable Object currentIdentity() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }

  Path path() {
    return path;
  }

  Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** Size of the write-ahead log; 0 if there is none. */
  long logBytes() {
    try {
      return Files.size(beside("-wal"));
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
