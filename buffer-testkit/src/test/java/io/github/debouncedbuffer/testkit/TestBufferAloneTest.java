// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who tests a bot needs the kit, the core and slf4j-api, and neither JUnit nor jqwik nor JSpecify.
 */
class TestBufferAloneTest {

  /** Runs in a JVM of its own, and says what it finds there. */
  static final class Program {

    private Program() {}

    public static void main(String[] args) {
      try (var test =
          TestBuffer.of(Codec.utf8(), WindowPolicy.fixed(Duration.ofSeconds(35)), batch -> {})) {
        test.submit("wati:50370000001", "a");
        test.crash();
        test.advance(Duration.ofSeconds(35));
        System.out.println(test.batches() + " " + test.timeline().contains("answers 1"));
      }
      List.of(
              "org.junit.jupiter.api.Test",
              "net.jqwik.api.Property",
              "org.jspecify.annotations.Nullable")
          .forEach(Program::sayIfThere);
    }

    private static void sayIfThere(String name) {
      try {
        System.out.println("there is " + Class.forName(name));
      } catch (ClassNotFoundException absent) {
        System.out.println("no " + name);
      }
    }
  }

  @Test
  void theKitRuns_withCoreAndSlf4jAlone(@TempDir Path directory) throws Exception {
    copy(Program.class, directory);
    String classPath =
        Stream.concat(
                Stream.of(
                        TestBuffer.class, DebouncedBuffer.class, Class.forName("org.slf4j.Logger"))
                    .map(TestBufferAloneTest::home),
                Stream.of(directory))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process child =
        new ProcessBuilder(java.toString(), "-cp", classPath, Program.class.getName())
            .redirectError(directory.resolve("errors").toFile())
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(Files.readString(directory.resolve("errors"))).isZero();
    assertThat(output.lines())
        .containsExactly(
            "[[a]] true",
            "no org.junit.jupiter.api.Test",
            "no net.jqwik.api.Property",
            "no org.jspecify.annotations.Nullable");
  }

  /** The directory or jar that a class was loaded from. */
  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** This class alone: the directory it comes from holds all the other tests. */
  private static void copy(Class<?> type, Path directory) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    Files.createDirectories(directory.resolve(file).getParent());
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
      Files.copy(bytes, directory.resolve(file));
    }
  }
}
