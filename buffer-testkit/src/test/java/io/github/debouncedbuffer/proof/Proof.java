// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the parts of the proof leave what they have shown, for {@link ProofCounted} to add up. */
public final class Proof {

  static final Path FOLDER = Path.of("target", "proof");

  private Proof() {}

  /** Leaves lines under a name; prints them, too. */
  public static void write(String name, String format, Object... parts) {
    String lines = format.formatted(parts);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name + ".txt"), lines + "\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    System.out.println(lines);
  }
}
