// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Kills a bot 20 times with SIGKILL, as kill -9 or the system out of memory does, starts it again
 * on the same file each time, and lets the last one finish. Then it counts: what was accepted is
 * answered. Takes about 30 seconds; exit code 1 if anything is lost.
 *
 * <pre>{@code
 * java -cp examples/target/examples.jar io.github.debouncedbuffer.examples.CrashAndRecover [kills]
 * }</pre>
 *
 * <p>The bot is {@link CrashingBot}, in a JVM of its own.
 */
public final class CrashAndRecover {

  /** When a bot is killed: as soon as its journal has so many lines of a kind. */
  private enum Moment {
    COLLECTING(CrashingBot.ACCEPTED, "while it collects"),
    THINKING(CrashingBot.ASKED, "while the AI thinks"),
    SENT(CrashingBot.ANSWERED, "answer sent, not yet recorded");

    private final String kind;
    private final String words;

    Moment(String kind, String words) {
      this.kind = kind;
      this.words = words;
    }
  }

  private static final int PATIENCE_SECONDS = 60;

  private final PrintStream out;
  private final Path directory;
  private final Path journal;

  CrashAndRecover(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
    this.journal = directory.resolve("journal.txt");
  }

  /**
   * Runs it.
   *
   * @param args how many kills; none for 20
   * @throws IOException if no JVM can be started, or there is no temporary directory to be had
   * @throws InterruptedException never, unless somebody interrupts the main thread
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int kills = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    Ledger ledger;
    try (var temporary = TemporaryDirectory.create()) {
      ledger = new CrashAndRecover(Screen.out(), temporary.path()).run(kills);
    }
    System.exit(ledger.lost() == 0 ? 0 : 1);
  }

  Ledger run(int kills) throws IOException, InterruptedException {
    for (int kill = 1; kill <= kills; kill++) {
      Moment moment = Moment.values()[(kill - 1) % Moment.values().length];
      kill(kill, moment, 1 + kill % 4 % CrashingBot.CUSTOMERS.size());
      Ledger soFar = Ledger.read(journal);
      out.printf(
          "kill %2d  %-30s accepted %3d, answered %3d%n",
          kill, moment.words, soFar.accepted(), soFar.answered());
    }
    letFinish(kills + 1);
    Ledger ledger = Ledger.read(journal);
    out.printf(
        "accepted %d, answered %d, answered twice (redelivered) %d, lost %d%n",
        ledger.accepted(), ledger.answered(), ledger.twice(), ledger.lost());
    return ledger;
  }

  private void kill(int life, Moment moment, int lines) throws IOException, InterruptedException {
    Process bot = start(life);
    try {
      await(bot.inputReader(), moment.kind, lines);
    } finally {
      bot.toHandle().destroyForcibly(); // SIGKILL
      bot.waitFor();
    }
  }

  private static void await(BufferedReader told, String kind, int lines) throws IOException {
    for (int seen = 0; seen < lines; ) {
      String line = told.readLine();
      if (line == null) {
        throw new IllegalStateException("the bot ended by itself; see what it wrote above");
      }
      seen += line.startsWith(kind) ? 1 : 0;
    }
  }

  /** The last life: at the end of its input the bot answers what is left, and ends. */
  private void letFinish(int life) throws IOException, InterruptedException {
    Process bot = start(life);
    bot.getOutputStream().close();
    if (!bot.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      bot.toHandle().destroyForcibly(); // What it has not answered by now counts as lost.
      bot.waitFor();
    }
  }

  private Process start(int life) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // starts sooner
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingBot.class.getName(),
                directory.resolve("chat.db").toString(),
                journal.toString(),
                Integer.toString(life)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
