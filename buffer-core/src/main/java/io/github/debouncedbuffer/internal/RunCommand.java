// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.KeyRow;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Something about a run that has to be written, however often it takes; the handler is never called
 * again for that.
 */
abstract class RunCommand extends Command {

  final KeyRow claimed;
  private final BiConsumer<Command, Throwable> again;

  /**
   * A command about the run of one key.
   *
   * @param claimed the row under which it runs
   * @param again called if the transaction failed
   */
  RunCommand(KeyRow claimed, BiConsumer<Command, Throwable> again) {
    this.claimed = claimed;
    this.again = again;
  }

  @Override
  List<String> keys() {
    return List.of(claimed.key());
  }

  @Override
  void failed(Throwable why) {
    again.accept(this, why);
  }
}
