// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;

/** A buffer whose runs late messages supersede, and a handler that asks before it replies. */
abstract class SupersedingBehaviour extends Behaviour {

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE).onLate(OnLate.supersede()));
  }

  void startWithBatchesOf(int most) {
    world
        .with(
            b ->
                b.onLate(OnLate.supersede())
                    .windows(key -> WindowPolicy.fixed(World.WINDOW).maxBatch(most)))
        .start();
  }

  /** A reply that takes so long, and is not sent if late messages have come. */
  Scripted.Act replyAfter(int seconds) {
    return batch -> world.handler.after(Duration.ofSeconds(seconds)).thenRun(batch::ensureCurrent);
  }
}
