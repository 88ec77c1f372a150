// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a handler throws or returns, its run ends and the buffer goes on. */
@Timeout(20)
class HostileHandlerTest {

  private static final RetryPolicy ONCE = RetryPolicy.DEFAULT.maxAttempts(1);

  private final World world = new World(new StoreFixture.Memory());

  @AfterEach
  void close() {
    world.close();
  }

  private static final class MessageThrows extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  private static final class MessageThrowsItself extends RuntimeException {
    @Override
    public String getMessage() {
      throw this;
    }
  }

  @Test
  void G12_anExceptionWhoseMessageThrows_isDeadLetteredAsAnyOther() {
    isDeadLettered(new MessageThrows());
  }

  @Test
  void G12_G17_anExceptionThatThrowsItself_isDeadLettered_andTheBufferGoesOn() {
    isDeadLettered(new MessageThrowsItself());
  }

  private void isDeadLettered(Exception thrown) {
    world.with(b -> b.retry(ONCE)).start();
    world.handler.thenThrow(thrown);
    world.submit("poison");
    world.at(300);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.deadLetters(0, 10)).hasSize(1);
    world.submit("next");
    world.at(400);
    assertThat(world.handler.payloads()).containsExactly(List.of("poison"), List.of("next"));
  }

  @Test
  void aTimeoutBeforeTheHandlerHasReturned_cancelsTheStageThatItReturnsThen() {
    world.with(b -> b.handlerTimeout(Duration.ofSeconds(10))).start();
    CompletableFuture<Void> slow = new CompletableFuture<>();
    world.handler.then(
        batch -> {
          world.clock.advance(Duration.ofSeconds(11));
          return slow;
        });
    world.submit("a");
    world.at(3600);
    assertThat(slow).isCancelled();
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("a"));
  }

  @Test
  void aStageThatCannotBeFollowed_isAFailure() {
    world.start();
    world.handler.then(
        batch ->
            new CompletableFuture<Void>() {
              @Override
              public CompletableFuture<Void> whenComplete(
                  BiConsumer<? super Void, ? super Throwable> action) {
                throw new UnsupportedOperationException("planned");
              }
            });
    world.submit("a");
    world.at(3600);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("a"));
    assertThat(world.buffer.stats().runs()).isZero();
  }
}
