// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The processes that follow each other over the same data, and what all of them share. */
final class SimulatedBuffer<P> implements TestBuffer<P> {

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final VirtualClock clock = VirtualClock.at(START);
  private final TimelineListener picture = new TimelineListener();
  private final Codec<P> codec;
  private final WindowPolicy window;
  private final UnaryOperator<DebouncedBufferBuilder<P>> setup;
  private final RunRecorder<P> recorder;
  private InMemoryBufferStore store = new InMemoryBufferStore("test");
  private TestProcess process = new TestProcess(clock);
  private DebouncedBuffer<P> buffer;

  SimulatedBuffer(
      Codec<P> codec,
      WindowPolicy window,
      AsyncHandler<P> handler,
      UnaryOperator<DebouncedBufferBuilder<P>> setup) {
    this.codec = requireNonNull(codec, "codec");
    this.window = requireNonNull(window, "window");
    this.setup = requireNonNull(setup, "setup");
    this.recorder = new RunRecorder<>(clock, requireNonNull(handler, "handler"));
    this.buffer = started();
    clock.runReady();
  }

  private DebouncedBuffer<P> started() {
    return setup
        .apply(
            DebouncedBuffer.builder(codec)
                .window(window)
                .retry(RetryPolicy.DEFAULT.jitter(0))
                .listener(picture))
        .store(store)
        .asyncHandler(recorder.in(process))
        .executor(process)
        .commitExecutor(process)
        .clock(process)
        .start();
  }

  @Override
  public Receipt submit(String key, @Nullable String messageId, P payload) {
    recorder.checkCallerAlive();
    Receipt receipt = buffer.submit(key, messageId, payload);
    clock.runReady();
    return receipt;
  }

  @Override
  public void advance(Duration duration) {
    recorder.checkThreads();
    clock.advance(duration);
    recorder.checkCallerAlive();
  }

  @Override
  public CompletableFuture<Void> after(Duration duration) {
    CompletableFuture<Void> passed = new CompletableFuture<>();
    process.wakeAt(clock.after(duration), () -> passed.complete(null));
    return passed;
  }

  @Override
  public void after(Duration duration, Runnable action) {
    requireNonNull(action, "action");
    clock.wakeAt(clock.after(duration), () -> recorder.outside(action));
  }

  @Override
  public List<TestRun<P>> runs() {
    return recorder.runs();
  }

  @Override
  public List<Throwable> failures() {
    return recorder.failures();
  }

  @Override
  public DebouncedBuffer<P> buffer() {
    return buffer;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public String timeline() {
    return new Timeline("", "", START, picture.lanes(clock.now())).toText();
  }

  @Override
  public void restart() {
    if (recorder.isHandling()) {
      throw new IllegalStateException(
          "restart() would wait for the handler that is being called, on its own thread;"
              + " crash() does not wait");
    }
    process.beginClose();
    buffer.close();
    reopen();
  }

  @Override
  public void crash() {
    recorder.checkCallerAlive();
    process.die();
    reopen();
    recorder.checkCallerAlive();
  }

  private void reopen() {
    store = store.reopen();
    process = new TestProcess(clock);
    buffer = started();
    clock.runReady();
  }

  @Override
  public void close() {
    process.beginClose();
    buffer.close();
    recorder.checkThreads();
    recorder.throwUnseen();
  }
}
