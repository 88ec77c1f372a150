// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What operators read. The binding of the tests prints to {@code System.err}, debug lines too. */
@Isolated
class LogTest {

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private World world;

  @BeforeEach
  void catchLines() {
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    world = new World(new StoreFixture.Memory());
  }

  @AfterEach
  void release() {
    world.close();
    System.setErr(before);
  }

  private String log() {
    return lines.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lateMessagesFoundOnCompletion_areAWarning_withHowManyAndWhenTheirFollowUpIsDue() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(26));
    world.submit("1");
    world.at(46);
    world.submit("2");
    world.at(62);
    assertThat(log().lines())
        .anyMatch(
            line ->
                line.contains("WARN")
                    && line.contains("1 late messages found")
                    && line.contains("due at 2026-01-05T09:01:21Z (in PT20S)"));
    assertThat(log()).doesNotContain("no late messages");
    world.at(200);
    assertThat(log().lines())
        .anyMatch(line -> line.contains("DEBUG") && line.contains("no late messages"));
  }

  @Test
  void keysAreMasked_andPayloadsAndErrorsThatQuoteThemNeverLogged() {
    world.with(b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(2))).start();
    world.handler.thenThrow(new IllegalStateException("cannot answer: a secret text"));
    world.handler.thenThrow(new IllegalStateException("cannot answer: a secret text"));
    world.submit("a secret text");
    world.at(36);
    world.crash(Duration.ZERO);
    world.at(200);
    world.submit("a secret text");
    world.buffer.discard(World.KEY);
    assertThat(log()).contains("wati:***01");
    assertThat(log()).contains("IllegalStateException");
    assertThat(log()).doesNotContain("50370000001");
    assertThat(log()).doesNotContain("secret");
  }

  @Test
  void faults45_aKeyWithLineBreaksAndTerminalEscapes_isMasked() {
    world.with(b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(1))).start();
    world.handler.thenThrow(new IllegalStateException("planned"));
    world.buffer.submit("wati:1\n2026 ERROR all is lost\u001b[2J'; DROP TABLE keys;--", "x");
    world.at(200);
    assertThat(log()).contains("wati:***").doesNotContain("all is lost", "\u001b", "DROP");
  }

  @Test
  void faults57_aListenerThatThrows_isLoggedOnce_withoutWhatItSays() {
    world
        .with(
            b ->
                b.listener(
                    new BufferListener() {
                      @Override
                      public void opened(String key, Instant dueAt, Instant at) {
                        throw new IllegalStateException("no such customer: " + key);
                      }
                    }))
        .start();
    world.submit("a");
    world.buffer.submit("wati:50370000002", "b");
    world.at(200);
    assertThat(log().lines().filter(line -> line.contains("The listener threw")))
        .singleElement()
        .asString()
        .contains("IllegalStateException")
        .doesNotContain("customer", "50370000001");
  }
}
