// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Receipt;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G18: the same script gives the same history, byte for byte. */
class DeterminismTest {

  /** Writes down all that it hears. */
  private static final class Historian implements BufferListener {
    private final StringBuilder history = new StringBuilder();

    private void line(Object... parts) {
      for (Object part : parts) {
        history.append(part).append(' ');
      }
      history.append('\n');
    }

    @Override
    public void recovered(BatchInfo batch, Instant at) {
      line(at, "recovered", batch);
    }

    @Override
    public void submitted(String key, Receipt receipt, Instant at) {
      line(at, "submitted", key, receipt);
    }

    @Override
    public void claimed(BatchInfo batch, Instant dueAt, Instant at) {
      line(at, "claimed", batch, dueAt);
    }

    @Override
    public void completed(BatchInfo batch, Duration took, Instant at) {
      line(at, "completed", batch, took);
    }

    @Override
    public void followedUp(String key, int late, Instant started, Instant dueAt, Instant at) {
      line(at, "followed up", key, late, started, dueAt);
    }

    @Override
    public void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
      line(at, "backed off", batch, cause, dueAt);
    }

    @Override
    public void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
      line(at, "dead", batch, reason);
    }
  }

  private static String history(StoreFixture stores, long seed, int operations) {
    Random random = new Random(seed);
    Historian historian = new Historian();
    try (World world = new World(stores).with(b -> b.listener(historian).workers(3)).start()) {
      for (int i = 0; i < operations; i++) {
        String key = "key " + random.nextInt(6);
        switch (random.nextInt(12)) {
          case 0 -> world.handler.thenTake(Duration.ofMillis(random.nextInt(60_000)));
          case 1 -> world.handler.thenThrow(new IllegalStateException("planned"));
          case 2, 3, 4 -> world.clock.advance(Duration.ofMillis(random.nextInt(20_000)));
          case 5 -> world.buffer.flush(key);
          case 6 -> world.crash(Duration.ofMillis(random.nextInt(5_000)));
          default -> world.buffer.submit(key, "id " + random.nextInt(500), "m" + i);
        }
      }
    }
    return historian.history.toString();
  }

  @Test
  void G18_inMemory_theSameScriptTwice_givesTheSameHistory_andAnotherOneAnother() {
    String once = history(new StoreFixture.Memory(), 42, 2_000);
    assertThat(once.lines().count()).isGreaterThan(1_000);
    assertThat(once).contains("followed up", "backed off", "recovered", "late=true");
    assertThat(history(new StoreFixture.Memory(), 42, 2_000)).isEqualTo(once);
    assertThat(history(new StoreFixture.Memory(), 43, 2_000)).isNotEqualTo(once);
  }

  @Test
  void G18_onSqlite_theHistoryIsTheSameAsInMemory_butForTheStoresName(@TempDir Path directory) {
    String sqlite = history(new StoreFixture.Sqlite(directory), 42, 600);
    String memory = history(new StoreFixture.Memory(), 42, 600);
    assertThat(nameless(sqlite)).containsExactlyElementsOf(nameless(memory));
  }

  private static List<String> nameless(String history) {
    return history.replaceAll("id=[A-Za-z0-9_-]+-(\\d+)", "id=$1").lines().toList();
  }
}
