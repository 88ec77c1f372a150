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
import java.util.stream.Stream;

/** The product's own source files, as they stand in the modules beside this one. */
final class ProductSources {

  private static final String PACKAGE = "io/github/debouncedbuffer/";

  /** Surefire names the module's directory; elsewhere it is the working directory. */
  private static final Path MODULES =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

  private ProductSources() {}

  /** SQL text is a constant, which the compiler copies into whoever uses it. */
  private static final String CONSTANTS = "sqlite/Sql";

  /** Each patched file's text under the name that the compiler wants, and those that copied it. */
  static Map<String, String> patched(List<Patch> patches) {
    Map<String, String> sources = new LinkedHashMap<>();
    if (patches.stream().anyMatch(patch -> patch.file().equals(CONSTANTS))) {
      neighbours(path(CONSTANTS))
          .forEach(
              name -> sources.put(PACKAGE + "sqlite/" + name + ".java", read("sqlite/" + name)));
    }
    for (Patch patch : patches) {
      String name = PACKAGE + patch.file() + ".java";
      String before = sources.computeIfAbsent(name, n -> read(patch.file()));
      sources.put(name, patch.applyTo(before));
    }
    return sources;
  }

  private static Path path(String file) {
    String module = file.startsWith("sqlite/") ? "buffer-sqlite" : "buffer-core";
    return MODULES.resolve(module).resolve("src/main/java/" + PACKAGE + file + ".java");
  }

  /** The classes of a file's package. */
  private static List<String> neighbours(Path file) {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files
          .map(each -> each.getFileName().toString().replace(".java", ""))
          .filter(name -> !name.equals("package-info"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the sources beside " + file + " cannot be listed", e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException("stale: " + path(file) + " cannot be read", e);
    }
  }
}
