// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the codec cannot read is set apart, and the rest of the batch goes on without it. */
@Timeout(20)
class UnreadableTest {

  private final PickyCodec codec = new PickyCodec();
  private final TappedStore[] store = new TappedStore[1];
  private final World world =
      new World(new StoreFixture.Memory()).reading(codec).over(TappedStore.into(store));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void faults58_unreadable_isBuriedWithItsRawBytes_andTheRestGoesOnUnderANewId() {
    world.start();
    world.submit("a");
    world.submit("broken 1");
    world.submit("b");
    world.buffer.submit("all broken", "broken 2");
    world.at(40);
    assertThat(world.handler.payloads()).containsExactly(List.of("a", "b"));
    List<DeadLetter> letters = world.buffer.deadLetters(0, 10);
    assertThat(letters)
        .extracting(l -> new String(l.messages().get(0).payload(), StandardCharsets.UTF_8))
        .containsExactlyInAnyOrder("broken 1", "broken 2");
    assertThat(letters).extracting(DeadLetter::reason).containsOnly(DeadLetter.Reason.UNREADABLE);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.inspect("all broken")).isEmpty();
  }

  @Test
  void G2_G3_settingApart_thatIsRepeatedAfterAnUnknownOutcome_losesNothing() {
    world.start();
    world.submit("good");
    world.submit("broken");
    store[0].failAfterBurying();
    world.at(3600);
    assertThat(store[0].fired()).isTrue();
    assertThat(world.handler.payloads()).containsExactly(List.of("good"));
    assertThat(world.buffer.deadLetters(0, 10)).hasSize(1);
    assertThat(world.buffer.stats().store().pendingMessages()).as("no orphan").isZero();
  }

  @Test
  void settingApart_thatIsRepeatedAfterAnUnknownOutcome_countsItsMembersOnce() {
    world.start();
    List.of("a", "b", "c", "broken").forEach(world::submit);
    world.handler.then(batch -> new CompletableFuture<>());
    store[0].failAfterBurying();
    world.at(40);
    assertThat(store[0].fired()).isTrue();
    assertThat(world.buffer.inspect(KEY).orElseThrow().pending()).isEqualTo(3);
  }

  @Test
  void G15_aBatchWithNothingReadable_leavesNoTimeoutBehind() {
    world.start();
    world.submit("broken");
    world.at(40);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.clock.nextWakeUp()).isEmpty();
    world.at(3600);
    assertThat(world.buffer.stats().timedOut()).isZero();
  }

  @Test
  void eventsAfterSettingApart_nameTheBatchThatRan_andItsNumberOfMessages() {
    List<String> completed = new ArrayList<>();
    world
        .with(
            b ->
                b.listener(
                    new BufferListener() {
                      @Override
                      public void completed(BatchInfo batch, Duration took, Instant at) {
                        completed.add(batch.id() + " of " + batch.messages());
                      }
                    }))
        .start();
    world.submit("good");
    world.submit("broken");
    world.at(40);
    assertThat(completed).containsExactly(world.handler.runs.get(0).batch().id() + " of 1");
  }

  @Test
  void anErrorWhileReading_isAFailedAttempt_andBuriesNothing() {
    world.start();
    world.submit("good");
    codec.throwNext(new OutOfMemoryError("planned, passes"));
    world.at(300);
    assertThat(world.handler.payloads()).containsExactly(List.of("good"));
    assertThat(world.handler.runs.get(0).batch().attempt()).isEqualTo(2);
    assertThat(world.buffer.deadLetters(0, 10)).isEmpty();
  }
}
