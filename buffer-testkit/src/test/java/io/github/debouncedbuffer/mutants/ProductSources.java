// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The product's own source files, as they stand in the modules beside this one. */
final class ProductSources {

  private static final String PACKAGE = "io/github/debouncedbuffer/";

  /** Surefire names the module's directory; elsewhere it is the working directory. */
  private static final Path MODULES =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

  private ProductSources() {}

  /** Each patched file's text under the name that the compiler wants. */
  static Map<String, String> patched(List<Patch> patches) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (Patch patch : patches) {
      String name = PACKAGE + patch.file() + ".java";
      String before = sources.computeIfAbsent(name, n -> read(patch.file()));
      sources.put(name, patch.applyTo(before));
    }
    return sources;
  }

  private static String read(String file) {
    String module = file.startsWith("sqlite/") ? "buffer-sqlite" : "buffer-core";
    Path path = MODULES.resolve(module).resolve("src/main/java/" + PACKAGE + file + ".java");
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException("stale: " + path + " cannot be read", e);
    }
  }
}
