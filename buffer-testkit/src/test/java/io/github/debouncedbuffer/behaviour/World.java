// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** The real engine over a real store, single-threaded on a virtual clock. */
final class World implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  static final Duration WINDOW = Duration.ofSeconds(35);
  static final String KEY = "wati:50370000001";

  final Scripted handler = new Scripted();
  private final StoreFixture stores;
  private UnaryOperator<DebouncedBufferBuilder<String>> setup = builder -> builder;
  private Codec<String> codec = new MarkedCodec();
  private UnaryOperator<BufferStore> wrap = store -> store;
  VirtualClock clock = VirtualClock.at(START);
  DebouncedBuffer<String> buffer;

  World(StoreFixture stores) {
    this.stores = stores;
  }

  World with(UnaryOperator<DebouncedBufferBuilder<String>> newSetup) {
    setup = newSetup;
    return this;
  }

  World reading(Codec<String> newCodec) {
    codec = newCodec;
    return this;
  }

  /** Puts something between the engine and its store. */
  World over(UnaryOperator<BufferStore> newWrap) {
    wrap = newWrap;
    return this;
  }

  World start() {
    return startOn(stores.open());
  }

  private World startOn(BufferStore store) {
    handler.clock(clock);
    buffer =
        setup
            .apply(
                DebouncedBuffer.builder(codec)
                    .store(wrap.apply(store))
                    .window(WindowPolicy.fixed(WINDOW))
                    .retry(RetryPolicy.DEFAULT.jitter(0))
                    .asyncHandler(handler)
                    .clock(clock)
                    .executor(clock.executor())
                    .commitExecutor(clock.executor()))
            .start();
    clock.runReady();
    return this;
  }

  /** Closes, and starts again as another process at the same time. */
  void restart() {
    restartAfter(Duration.ZERO);
  }

  /**
   * Closes, and starts again as another process so much later (or, after a clock jump, earlier).
   */
  void restartAfter(Duration later) {
    buffer.close();
    clock = VirtualClock.at(clock.now().plus(later));
    start();
  }

  /** The process dies, and another one starts so much later. */
  void crash(Duration later) {
    clock = VirtualClock.at(clock.now().plus(later));
    startOn(stores.afterCrash());
  }

  /** Goes to so many seconds after the start of the test. */
  World at(double second) {
    clock.advanceTo(START.plusMillis((long) (second * 1000)));
    return this;
  }

  Receipt submit(String payload) {
    return buffer.submit(KEY, payload);
  }

  static Instant second(double second) {
    return START.plusMillis((long) (second * 1000));
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
    }
    stores.close();
  }
}
