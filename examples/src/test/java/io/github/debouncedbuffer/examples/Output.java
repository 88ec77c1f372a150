// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a program prints, to be waited for. */
final class Output extends ByteArrayOutputStream {

  private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

  final PrintStream stream = new PrintStream(this, true, StandardCharsets.UTF_8);

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    notifyAll();
  }

  @Override
  public synchronized void write(int b) {
    super.write(b);
    notifyAll();
  }

  String text() {
    return toString(StandardCharsets.UTF_8);
  }

  synchronized void await(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE;
    while (!text().contains(text)) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("no \"" + text + "\" in:\n" + text());
      }
      wait(millis);
    }
  }
}
