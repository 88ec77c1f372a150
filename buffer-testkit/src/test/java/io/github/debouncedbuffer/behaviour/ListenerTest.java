// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;

/** What a listener hears, and that it cannot disturb. */
class ListenerTest {

  private final World world = new World(new StoreFixture.Memory());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void G17_faults57_aListenerThatThrows_isIgnored_andASoundOneHearsEachStep() {
    List<String> steps = new ArrayList<>();
    world
        .with(
            b ->
                b.retry(RetryPolicy.DEFAULT.maxAttempts(1))
                    .listener(
                        new BufferListener() {
                          @Override
                          public void submitted(String key, Receipt receipt, Instant at) {
                            steps.add("submitted" + (receipt.late() ? " late" : ""));
                            throw new IllegalStateException("a listener's bug");
                          }

                          @Override
                          public void opened(String key, Instant dueAt, Instant at) {
                            steps.add("opened");
                          }

                          @Override
                          public void claimed(BatchInfo batch, Instant due, Instant at) {
                            steps.add("claimed " + batch.messages());
                          }

                          @Override
                          public void completed(BatchInfo batch, Duration took, Instant at) {
                            steps.add("completed after " + took.toSeconds() + " s");
                          }

                          @Override
                          public void followedUp(
                              String key, int late, Instant started, Instant due, Instant at) {
                            steps.add("followed up " + late);
                          }

                          @Override
                          public void deadLettered(
                              BatchInfo batch, DeadLetter.Reason reason, Instant at) {
                            steps.add("dead");
                          }
                        }))
        .start();
    world.handler.thenTake(Duration.ofSeconds(20)).thenThrow(new Exception());
    world.submit("a");
    world.at(40);
    world.submit("b");
    world.at(100);
    assertThat(steps)
        .containsExactly(
            "submitted",
            "opened",
            "claimed 1",
            "submitted late",
            "completed after 20 s",
            "followed up 1",
            "claimed 1",
            "dead");
  }

  @Test
  void G17_faults57_anExceptionWhoseMessageThrows_doesNotEndTheTelling() {
    List<String> heard = new ArrayList<>();
    world
        .with(
            b ->
                b.listener(
                    new BufferListener() {
                      @Override
                      public void opened(String key, Instant dueAt, Instant at) {
                        heard.add(key);
                        throw new IllegalStateException() {
                          @Override
                          public String getMessage() {
                            throw this;
                          }
                        };
                      }
                    }))
        .start();
    world.buffer.submit("a", "1");
    world.buffer.submit("b", "2");
    world.at(1);
    assertThat(heard).containsExactly("a", "b");
  }

  @Test
  void G17_faults57_aListenerWhoseEveryMethodThrowsAnError_disturbsNothing() {
    BufferListener hostile =
        mock(
            BufferListener.class,
            call -> {
              throw new AssertionError("hostile");
            });
    world.with(b -> b.listener(hostile)).start();
    world.handler.thenThrow(new Exception());
    world.submit("a");
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("a"));
    assertThat(world.buffer.inspect(World.KEY)).isEmpty();
    verify(hostile, atLeastOnce())
        .completed(
            ArgumentMatchers.any(BatchInfo.class),
            ArgumentMatchers.any(Duration.class),
            ArgumentMatchers.any(Instant.class));
  }
}
