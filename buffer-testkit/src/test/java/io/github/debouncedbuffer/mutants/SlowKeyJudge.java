// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Whether one key is handled while another one's handler waits for just that, on real threads, in
 * the world that it is loaded in.
 */
public final class SlowKeyJudge implements Supplier<Boolean> {

  private static final int LONG_ENOUGH_SECONDS = 5;

  private final CountDownLatch quickIsHandled = new CountDownLatch(1);
  private final CountDownLatch slowHasSeenIt = new CountDownLatch(1);

  /** Made by name, in each world anew. */
  public SlowKeyJudge() {}

  @Override
  public Boolean get() {
    CountDownLatch slowBegins = new CountDownLatch(1);
    try (DebouncedBuffer<String> buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore())
            .window(WindowPolicy.fixed(Duration.ofMillis(1)))
            .handler(
                batch -> {
                  if (batch.key().equals("quick")) {
                    quickIsHandled.countDown();
                  } else {
                    slowBegins.countDown();
                    if (quickIsHandled.await(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS)) {
                      slowHasSeenIt.countDown();
                    }
                  }
                })
            .start()) {
      buffer.submit("slow", "text");
      slowBegins.await();
      buffer.submit("quick", "text");
      return slowHasSeenIt.await(2L * LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
