// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a part of the proof leaves what it has shown; the test kit's build adds it up. */
final class Proof {

  private Proof() {}

  /** Leaves a line under a name; prints it, too. */
  static void write(String name, String line) {
    Path folder = Path.of("target", "proof");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + ".txt"), line + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    System.out.println(line);
  }
}
