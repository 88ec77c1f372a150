// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What closing does to an engine. */
record EngineParts(
    Dispatcher<?> dispatcher,
    @Nullable Heartbeat heartbeat,
    Reporter reporter,
    Parts parts,
    BufferStore store)
    implements Closing.Parts {

  private static final Logger log = LoggerFactory.getLogger(EngineParts.class);

  @Override
  public void stop() {
    dispatcher.stop();
  }

  @Override
  public int inProgress() {
    return dispatcher.runs().open();
  }

  @Override
  public void interruptRuns() {
    dispatcher.interruptRuns();
  }

  @Override
  public void onLane(Runnable then) {
    dispatcher.lane().putOwn(new Passing(then));
  }

  @Override
  public void endLane(Runnable then) {
    dispatcher.lane().end(then);
  }

  @Override
  public void release(int survivors) {
    if (heartbeat != null) {
      heartbeat.stop();
    }
    reporter.closed(survivors, parts.clock().now());
    try {
      store.close();
    } catch (RuntimeException failed) {
      log.error("Closing the store failed", failed);
    } finally {
      parts.close();
    }
  }
}
