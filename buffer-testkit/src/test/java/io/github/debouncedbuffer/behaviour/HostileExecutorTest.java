// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor that cannot make a thread throws an Error; it passes, and the buffer goes on. */
@Timeout(20)
class HostileExecutorTest {

  private final AtomicInteger errors = new AtomicInteger();
  private final World world = new World(new StoreFixture.Memory());

  @AfterEach
  void close() {
    world.close();
  }

  private Executor failing() {
    return task -> {
      if (errors.getAndDecrement() > 0) {
        throw new OutOfMemoryError("unable to create native thread");
      }
      world.clock.executor().execute(task);
    };
  }

  @Test
  void G3_aRunThatTheExecutorCannotBegin_isGivenBack_andItsSlotIsFree() {
    world.with(b -> b.workers(1).executor(failing())).start();
    world.submit("a");
    world.buffer.submit("other", "o");
    errors.set(1);
    world.at(3600);
    assertThat(world.handler.payloads()).containsExactlyInAnyOrder(List.of("a"), List.of("o"));
    assertThat(world.handler.runs).allMatch(ran -> ran.batch().attempt() == 1);
  }

  @Test
  void G17_aCommitExecutorThatThrows_failsWhatIsQueued_andTheNextSubmitIsCommitted() {
    world.with(b -> b.commitExecutor(failing())).start();
    errors.set(1);
    var refused = world.buffer.submitAsync(KEY, null, "x").toCompletableFuture();
    var next = world.buffer.submitAsync(KEY, null, "y").toCompletableFuture();
    world.clock.runReady();
    assertThat(refused).isCompletedExceptionally();
    assertThat(next).isCompletedWithValueMatching(receipt -> !receipt.isDuplicate());
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("y"));
  }
}
