// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with one file in it, which is removed with all that came beside it. */
final class Fresh implements AutoCloseable {

  private final Path folder;

  private Fresh(Path folder) {
    this.folder = folder;
  }

  static Fresh folder() {
    try {
      return new Fresh(Files.createTempDirectory("debounced-buffer"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path file() {
    return folder.resolve("chat.db");
  }

  Path with(byte[] bytes) {
    try {
      return Files.write(file(), bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
