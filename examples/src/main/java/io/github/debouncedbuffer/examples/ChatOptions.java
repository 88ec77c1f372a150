// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.WindowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link TerminalChat} was started with. */
record ChatOptions(Path db, WindowPolicy window, Duration ai) {

  static final String USAGE = "usage: TerminalChat [--window 3s] [--ai 5s] [--db terminal-chat.db]";

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s)");

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if one is unknown or out of range
   */
  static ChatOptions parse(List<String> args) {
    ChatOptions options =
        new ChatOptions(
            Path.of("terminal-chat.db"), window(Duration.ofSeconds(3)), Duration.ofSeconds(5));
    for (int i = 0; i < args.size(); i += 2) {
      if (i + 1 == args.size()) {
        throw new IllegalArgumentException("a value is missing after " + args.get(i));
      }
      options = options.with(args.get(i), args.get(i + 1));
    }
    return options;
  }

  private ChatOptions with(String name, String value) {
    return switch (name) {
      case "--window" -> new ChatOptions(db, window(duration(value)), ai);
      case "--ai" -> new ChatOptions(db, window, duration(value));
      case "--db" -> new ChatOptions(Path.of(value), window, ai);
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private static WindowPolicy window(Duration quiet) {
    return WindowPolicy.quiet(quiet, quiet.compareTo(MAX_WAIT) > 0 ? quiet : MAX_WAIT);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text + " is not a duration such as 3s or 500ms");
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
  }
}
