// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user's own rules and hooks, over the store that a subclass names. */
abstract class RulesBehaviour extends Behaviour {

  @Test
  void aMessageThatTheFlushRuleNames_makesItsKeyDueNow_withAllThatWaits() {
    world.with(b -> b.flushWhen((key, text) -> text.startsWith("/"))).start();
    world.submit("1");
    world.buffer.submit("other", "o");
    world.at(5);
    world.submit("/start");
    world.at(6);
    assertThat(world.handler.payloads()).containsExactly(List.of("1", "/start"));
    world.submit("/again");
    world.at(7);
    assertThat(world.handler.payloads()).endsWith(List.of("/again"));
  }

  @Test
  void whileABatchRuns_theFlushRuleConcernsTheFollowUp() {
    world.with(b -> b.flushWhen((key, text) -> text.startsWith("/"))).start();
    world.handler.thenTake(Duration.ofSeconds(20));
    world.submit("1");
    world.at(40);
    world.submit("/start");
    world.at(45);
    world.submit("2");
    world.at(56);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("/start", "2"));
    assertThat(world.handler.seconds()).containsExactly(35.0, 55.0);
  }

  @Test
  void aFlushRuleThatThrows_refusesTheSubmit() {
    world
        .with(
            b ->
                b.flushWhen(
                    (key, text) -> {
                      throw new IllegalStateException("planned");
                    }))
        .start();
    assertThatThrownBy(() -> world.submit("1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flush rule");
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void eachChannel_hasItsOwnWindow() {
    world
        .with(
            b ->
                b.windows(
                    key ->
                        key.startsWith("wati:")
                            ? WindowPolicy.fixed(Duration.ofSeconds(35))
                            : WindowPolicy.quiet(Duration.ofSeconds(10), Duration.ofSeconds(60))
                                .followUp(FollowUp.IMMEDIATELY)))
        .start();
    world.buffer.submit("wati:50370000001", "w");
    world.buffer.submit("facebook:50370000001", "f");
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("f"), List.of("w"));
    assertThat(world.handler.seconds()).containsExactly(10.0, 35.0);
  }

  @Test
  void theBatchStartHook_isToldOnceForEachBatch_rightBeforeTheHandler() {
    List<String> told = new ArrayList<>();
    world
        .with(
            b ->
                b.retry(THREE)
                    .onBatchStart(batch -> told.add("typing, attempt " + batch.attempt())))
        .start();
    world.handler.then(
        batch -> {
          told.add("handled");
          throw new IllegalStateException("planned");
        });
    world.submit("1");
    world.at(600);
    assertThat(world.handler.runs).hasSize(2);
    assertThat(told).containsExactly("typing, attempt 1", "handled");
  }

  @Test
  void aHookThatThrowsAnError_failsNothing() {
    List<BatchInfo> told = new ArrayList<>();
    world
        .with(
            b ->
                b.onBatchStart(
                    batch -> {
                      told.add(batch);
                      throw new AssertionError("planned");
                    }))
        .start();
    world.submit("1");
    world.at(600);
    assertThat(told).singleElement().satisfies(b -> assertThat(b.key()).isEqualTo(KEY));
    assertThat(world.handler.payloads()).containsExactly(List.of("1"));
    assertThat(world.buffer.stats().failed()).isZero();
  }
}
