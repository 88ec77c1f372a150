// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.debouncedbuffer.spi.BuriedLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The journal of a real life that was killed, in which one line is altered as a broken promise
 * would have altered it. The check finds nothing in it as it is, and then names that promise.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillCheckTest {

  @TempDir static Path folder;

  private static String journal;
  private static List<BuriedLetter> letters;

  @BeforeAll
  static void killOnce() throws Exception {
    Killer killer = new Killer(folder, 1);
    killer.kill(Moment.AFTER_CLAIM);
    assertThat(killer.drain().findings()).isEmpty();
    journal = Files.readString(folder.resolve(KilledChild.JOURNAL));
    letters = killer.deadLetters();
  }

  /** The promise, the line as it is, and what becomes of it. */
  static Stream<Arguments> brokenPromises() {
    return Stream.of(
        arguments("G1", "(BEGIN \\S+ \\S+ 1 \\d+:)[^, ]+", "$1never-asked"),
        arguments("G1, G2", "END \\S+ \\S+ \\d+ NORMALLY", "LOST"),
        arguments("G4", "(BEGIN \\S+) \\S+( .*)", "$0\n$1 x-999999$2"),
        arguments("G5", "(BEGIN \\S+ \\S+ 1) (\\d+:[^, ]+),(\\d+:[^, ]+)", "$1 $3,$2"),
        arguments("G9", "(?s)(BEGIN [^\n]+)(.*)", "$1$2\n$1"),
        arguments("G11", "(BEGIN \\S+ \\S+ 2) \\d+:[^, ]+,(\\d+:)", "$1 $2"),
        arguments("G12", "(BEGIN \\S+ \\S+) 1", "$1 3"),
        arguments("G13", "(RECEIPT \\S+ \\S+ ACCEPTED) (\\d+)", "$1 9$2"),
        arguments("G14", "RECEIPT \\S+", "RECEIPT chat-x"));
  }

  @ParameterizedTest
  @MethodSource("brokenPromises")
  void alteredLine_isFoundByItsPromise(String promise, String line, String other) {
    assertThat(findings(journal)).isEmpty();
    Matcher matcher = Pattern.compile(line).matcher(journal);
    assertThat(matcher.find()).as("there is such a line").isTrue();
    assertThat(findings(matcher.replaceFirst(other)))
        .anyMatch(finding -> finding.startsWith(promise + " "));
  }

  private static List<String> findings(String text) {
    return new KillCheck(KilledChild.MAX_ATTEMPTS).judge(Journal.parse(text), letters).findings();
  }
}
