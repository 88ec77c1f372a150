// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.io.PrintStream;

/** Writes answers to the console, in the place of a provider's API. Thread-safe. */
final class ConsoleOutbound implements Outbound {

  private final PrintStream out;

  ConsoleOutbound(PrintStream out) {
    this.out = out;
  }

  /** Without control characters: an answer may repeat what a customer wrote, escapes included. */
  @Override
  public void send(String key, String batchId, String text) {
    out.println("to " + Masked.key(key) + ": " + text.replaceAll("\\p{Cc}", " "));
  }
}
