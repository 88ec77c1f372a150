// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the demo runs. Immutable.
 *
 * @param port where to listen; 0 for any free one
 * @param directory where the database and the chats are
 * @param quiet the window: due when nobody has written for so long
 * @param maxWait and so long after its first message at the latest
 * @param aiShortest how long the AI takes at least
 * @param aiLongest and at most
 */
record ChatOptions(
    int port,
    Path directory,
    Duration quiet,
    Duration maxWait,
    Duration aiShortest,
    Duration aiLongest) {

  static final String USAGE =
      "usage: ChatDemo [--port 8080] [--dir chat-demo] [--quiet 4s] [--max-wait 15s]"
          + " [--ai-shortest 5s] [--ai-longest 25s]";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--port", "8080",
          "--dir", "chat-demo",
          "--quiet", "4s",
          "--max-wait", "15s",
          "--ai-shortest", "5s",
          "--ai-longest", "25s");

  /**
   * Reads {@code --name value} pairs.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ChatOptions parse(List<String> args) {
    Map<String, String> given = new HashMap<>(DEFAULTS);
    for (int i = 0; i < args.size(); i += 2) {
      if (!DEFAULTS.containsKey(args.get(i)) || i + 1 == args.size()) {
        throw new IllegalArgumentException(args.get(i) + " is unknown or has no value");
      }
      given.put(args.get(i), args.get(i + 1));
    }
    return new ChatOptions(
        Integer.parseInt(value(given, "--port")),
        Path.of(value(given, "--dir")),
        duration(given, "--quiet"),
        duration(given, "--max-wait"),
        duration(given, "--ai-shortest"),
        duration(given, "--ai-longest"));
  }

  private static String value(Map<String, String> given, String name) {
    return requireNonNull(given.get(name), name);
  }

  /** As {@code 3s}, {@code 1.5s}, {@code 2m}: what ISO 8601 has after its PT. */
  private static Duration duration(Map<String, String> given, String name) {
    String text = value(given, name);
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(text + " is not a duration such as 3s or 0.5s", e);
    }
  }

  /** The same in another place. */
  ChatOptions in(Path otherDirectory, int otherPort) {
    return new ChatOptions(otherPort, otherDirectory, quiet, maxWait, aiShortest, aiLongest);
  }

  Path database() {
    return directory.resolve("chat.db");
  }

  Path chats() {
    return directory.resolve("chats.jsonl");
  }

  /** As {@link #parse} reads them. */
  List<String> args() {
    return List.of(
        "--port", Integer.toString(port),
        "--dir", directory.toString(),
        "--quiet", text(quiet),
        "--max-wait", text(maxWait),
        "--ai-shortest", text(aiShortest),
        "--ai-longest", text(aiLongest));
  }

  private static String text(Duration duration) {
    return duration.toString().substring("PT".length());
  }
}
