// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.simulation.Campaign;
import io.github.debouncedbuffer.testkit.simulation.Finding;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.StoreSource;
import io.github.debouncedbuffer.testkit.simulation.Verb;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees whose store forgets everything in a crash. */
class LossyStoreTest {

  /** After a crash there is another, empty store. */
  private static final class Lossy implements StoreSource {
    private InMemoryBufferStore store = new InMemoryBufferStore("lossy");

    @Override
    public BufferStore open() {
      store = store.reopen();
      return store;
    }

    @Override
    public BufferStore afterCrash() {
      store = new InMemoryBufferStore("lossy");
      return store;
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private final Simulation simulation = Simulation.over(Lossy::new);

  @Test
  void itIsFound_andShrunkToAMessageAndACrash() {
    Finding found = Campaign.of(simulation).threads(2).run(1, 1_000).finding().orElseThrow();
    assertThat(found.violation().promise()).isEqualTo(Promise.G16);
    assertThat(found.shrunk().operations()).hasSizeLessThanOrEqualTo(4);
    assertThat(found.shrunk().operations()).anyMatch(o -> o.verb() == Verb.SUBMIT);
    assertThat(found.inWords()).contains("G16 Restart", "seed ", "replay ");
  }

  @Test
  void verify_tellsWhatWasBroken_howToSeeItAgain_andDrawsIt(@TempDir Path directory) {
    Finding found = Campaign.of(simulation).run(1, 1_000).finding().orElseThrow();
    Path picture = directory.resolve("timeline.html");
    AssertionError thrown =
        catchThrowableOfType(
            AssertionError.class, () -> simulation.verify(found.shrunk(), picture));
    assertThat(thrown.getMessage())
        .contains("VIOLATION G16", "KeyRow[key=key:0", found.shrunk().toString(), "Scenario.of(");
    assertThat(picture).content().contains("<svg", "G16 Restart");
    assertThat(Simulation.inMemory().play(found.drawn()).violation()).isEmpty();
    assertThat(Scenario.parse(found.shrunk().toString())).isEqualTo(found.shrunk());
  }
}
