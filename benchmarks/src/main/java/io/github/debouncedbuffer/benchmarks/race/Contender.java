// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A way to collect the messages of a key for a window and to hand them over as a batch. */
public interface Contender {

  /** Who is to be called with each batch. Thread-safe; takes as long as the race says. */
  @FunctionalInterface
  interface Handler {
    void handle(String key, List<String> payloads);
  }

  /** One that runs. */
  interface Running extends AutoCloseable {

    /** Returns when the message is as safe as it gets here; blocks until then. */
    void submit(String key, String payload) throws Exception;

    /** Unchecked exceptions only. */
    @Override
    void close();
  }

  /** A short name, the same in all tables. */
  String title();

  /** In what it has it easier or harder than ours, in a few words. */
  String bias();

  /**
   * Starts it anew, with nothing stored, as its own documentation advises.
   *
   * @param folder an empty directory of its own
   * @param window how long to collect from a key's first message on
   * @param workers how many handlers may run at once
   */
  Running start(Path folder, Duration window, int workers, Handler handler) throws Exception;
}
