// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

/** Changes nothing; calls back when the lane has come by it, whether or not the store works. */
final class Passing extends Command {

  private final Runnable then;

  Passing(Runnable then) {
    this.then = then;
  }

  @Override
  void decide(Unit unit) {
    unit.afterCommit(then);
  }

  @Override
  void failed(Throwable why) {
    then.run();
  }
}
