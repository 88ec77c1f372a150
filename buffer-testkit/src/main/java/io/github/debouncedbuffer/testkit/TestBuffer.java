// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The real buffer around a bot's own handler, for the bot's tests: its time is virtual, its store
 * is in memory, and the test's own thread runs everything.
 *
 * <pre>{@code
 * var test = TestBuffer.of(Codec.utf8(), WindowPolicy.fixed(Duration.ofSeconds(35)), bot::answer);
 * test.submit("wati:50370000001", "Do you have a room?");
 * test.submit("wati:50370000001", "For Saturday");
 * test.advance(Duration.ofSeconds(35)); // takes no time
 * assertEquals(List.of(List.of("Do you have a room?", "For Saturday")), test.batches());
 * test.close();
 * }</pre>
 *
 * <p><b>A handler that takes time</b> calls {@link #advance} itself, or returns {@link
 * #after(Duration)} if it is asynchronous. A field of the test class is how it gets at its test
 * buffer.
 *
 * <p><b>A handler that throws</b> is called again after its backoff, which could hide the failure
 * from the test. So {@link #close} tells it by an {@link AssertionError}, unless the test has asked
 * for {@link #failures} since.
 *
 * <p>Not thread-safe, and it notices: on any thread but the one that made it, every method that
 * touches the clock throws {@link IllegalStateException}. So do {@link #advance} and {@link #close}
 * once another thread has ended the stage of an asynchronous handler.
 *
 * @param <P> the payload
 */
public sealed interface TestBuffer<P> extends AutoCloseable permits SimulatedBuffer {

  /**
   * Starts a buffer with the defaults of {@link DebouncedBufferBuilder}, but retries without
   * jitter: 1 s, 2 s, 4 s and 8 s after a failure.
   *
   * @param codec as in production: payloads go through it
   * @param window how long to collect
   * @param handler the handler under test
   * @param <P> the payload
   * @return a buffer that has started, bound to the calling thread; it is 2026-01-05T09:00:00Z
   */
  static <P> TestBuffer<P> of(Codec<P> codec, WindowPolicy window, Handler<P> handler) {
    return of(codec, window, handler, UnaryOperator.identity());
  }

  /**
   * Starts a buffer that is set up further.
   *
   * @param codec as in production: payloads go through it
   * @param window how long to collect, unless the setup sets it
   * @param handler the handler under test
   * @param setup changes the builder that it gets and returns it; called at each start, by {@link
   *     #restart} and {@link #crash} too. A store, handler, clock or executor that it sets is not
   *     used; a listener that it sets takes the place of the one that draws {@link #timeline}
   * @param <P> the payload
   * @return a buffer that has started, bound to the calling thread
   */
  static <P> TestBuffer<P> of(
      Codec<P> codec,
      WindowPolicy window,
      Handler<P> handler,
      UnaryOperator<DebouncedBufferBuilder<P>> setup) {
    return ofAsync(codec, window, RunRecorder.returning(handler), setup);
  }

  /**
   * Starts a buffer around an asynchronous handler.
   *
   * @param codec as in production: payloads go through it
   * @param window how long to collect
   * @param handler the handler under test; its stages have to end on the test's thread
   * @param <P> the payload
   * @return a buffer that has started, bound to the calling thread
   */
  static <P> TestBuffer<P> ofAsync(Codec<P> codec, WindowPolicy window, AsyncHandler<P> handler) {
    return ofAsync(codec, window, handler, UnaryOperator.identity());
  }

  /**
   * Starts a buffer around an asynchronous handler, set up further.
   *
   * @param codec as in production: payloads go through it
   * @param window how long to collect, unless the setup sets it
   * @param handler the handler under test; its stages have to end on the test's thread
   * @param setup as above
   * @param <P> the payload
   * @return a buffer that has started, bound to the calling thread
   */
  static <P> TestBuffer<P> ofAsync(
      Codec<P> codec,
      WindowPolicy window,
      AsyncHandler<P> handler,
      UnaryOperator<DebouncedBufferBuilder<P>> setup) {
    return new SimulatedBuffer<>(codec, window, handler, setup);
  }

  /**
   * Hands in a message without an id. A window that is full by it is handed over before this
   * returns.
   *
   * @param key whose message it is
   * @param payload what to hand to the handler
   * @return the receipt
   * @throws RuntimeException whatever {@link DebouncedBuffer#submit(String, Object)} throws
   */
  default Receipt submit(String key, P payload) {
    return submit(key, null, payload);
  }

  /**
   * Hands in a message, as the other {@code submit} does.
   *
   * @param key whose message it is
   * @param messageId the provider's id of the message; null for none
   * @param payload what to hand to the handler
   * @return the receipt, which says whether it was a duplicate
   * @throws RuntimeException whatever {@link DebouncedBuffer#submit(String, String, Object)} throws
   */
  Receipt submit(String key, @Nullable String messageId, P payload);

  /**
   * Lets time pass: whatever falls due up to then is done, in the order of its time, handlers
   * included. Called by a handler, it makes the handler take that long.
   *
   * @param duration zero or more; zero does what is ready now, after a {@code flush} for instance
   * @throws IllegalArgumentException if it is negative
   * @throws AssertionError if an action of {@link #after(Duration, Runnable)} threw
   */
  void advance(Duration duration);

  /**
   * A stage for an asynchronous handler to return, or to build upon.
   *
   * @param duration zero or more
   * @return ends normally so much later than now; never, if the process crashes before
   * @throws IllegalArgumentException if it is negative
   */
  CompletableFuture<Void> after(Duration duration);

  /**
   * Plans what happens outside the bot, while a handler lets time pass for instance: a message that
   * comes in, or a {@link #crash}. It outlives crashes and restarts.
   *
   * @param duration zero or more, from now
   * @param action done by the {@link #advance} that comes by that time; what it throws, that call
   *     throws as the cause of an {@link AssertionError}
   * @throws IllegalArgumentException if the duration is negative
   */
  void after(Duration duration, Runnable action);

  /**
   * Every call of the handler so far.
   *
   * @return in the order in which they began; unmodifiable, and not changed by what comes later
   */
  List<TestRun<P>> runs();

  /**
   * What the handler got, call by call, failed ones too.
   *
   * @return the payloads of each run, in the order of {@link #runs}; unmodifiable
   */
  default List<List<P>> batches() {
    return runs().stream().map(run -> run.batch().payloads()).toList();
  }

  /**
   * What the handler got for one key, as {@link #batches()}.
   *
   * @param key whose batches
   * @return the payloads of each of its runs; unmodifiable
   */
  default List<List<P>> batches(String key) {
    return runs().stream()
        .filter(run -> run.batch().key().equals(key))
        .map(run -> run.batch().payloads())
        .toList();
  }

  /**
   * What the handler threw, or its stages ended with. {@link #close} does not tell these again.
   *
   * @return in the order in which the runs began; unmodifiable
   */
  List<Throwable> failures();

  /**
   * The buffer, for all the rest that it can do.
   *
   * @return after a restart or a crash another one
   */
  DebouncedBuffer<P> buffer();

  /**
   * The time. With {@code clock().elapse} the process stands still for a while: done just before a
   * {@link #crash}, it is how long the process was down.
   *
   * @return always the same one
   */
  VirtualClock clock();

  /**
   * A picture of each key's messages, windows and runs, for the message of a failed assertion.
   *
   * @return lines of at most 100 columns, each ended by {@code \n}
   */
  String timeline();

  /**
   * Closes the buffer and starts another one over the same data, as a deployment does. Runs in
   * progress are waited for as {@link DebouncedBuffer#close} does, which takes virtual time.
   *
   * @throws IllegalStateException if a handler is being called: it cannot be waited for
   */
  void restart();

  /**
   * The process dies, and another one starts at once over what was committed. A run in progress has
   * lost an attempt, and its batch comes again.
   *
   * <p>Called by a handler, this does not return: it throws an {@link Error} that ends the handler
   * and that nobody should catch. A handler whose process dies during its {@link #advance} is ended
   * so, too, when its time has passed.
   */
  void crash();

  /**
   * Closes the buffer; closing again does nothing.
   *
   * @throws AssertionError if the handler failed and {@link #failures} was not asked for since
   */
  @Override
  void close();
}
