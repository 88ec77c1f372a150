// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Supervises a demo until that is closed; runs from its making. */
final class SupervisorThread extends Thread {

  private final ChatDemo demo;

  SupervisorThread(ChatDemo demo) {
    super("supervisor");
    this.demo = demo;
    start();
  }

  @Override
  public void run() {
    try {
      demo.supervise();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
