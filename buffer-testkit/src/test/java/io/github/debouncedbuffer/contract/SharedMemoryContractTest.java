// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import io.github.debouncedbuffer.testkit.nodes.SharedMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The contract over one node of shared memory, and over two where it asks for them. */
class SharedMemoryContractTest extends BufferStoreContract {

  private final Map<Path, SharedMemory> memories = new HashMap<>();

  @Override
  protected BufferStore open(Path directory) {
    return memories
        .computeIfAbsent(directory, d -> new SharedMemory(Duration.ofSeconds(6), Instant::now))
        .node(0);
  }

  @Test
  void word_comesToOthersAlone_onlyOfWhatIsEarlier_andNotAfterTheClose() {
    SharedMemory memory = new SharedMemory(Duration.ofSeconds(6), Instant::now);
    BufferStore one = memory.node(0);
    BufferStore two = memory.node(1);
    List<Instant> first = new ArrayList<>();
    List<Instant> second = new ArrayList<>();
    one.listen(first::add);
    two.listen(second::add);
    save(one, "a", 50);
    save(one, "b", 60);
    save(one, "b", 40);
    save(one, "b", 55);
    assertThat(second).containsExactly(at(50), at(40));
    two.close();
    save(one, "b", 30);
    assertThat(second).hasSize(2);
    assertThat(first).isEmpty();
  }

  private static Instant at(long seconds) {
    return Instant.EPOCH.plusSeconds(seconds);
  }

  private static void save(BufferStore store, String key, long dueAt) {
    var policy =
        new PolicyRow(true, Duration.ofSeconds(1), Duration.ofSeconds(2), 9, "IMMEDIATELY");
    var window = new WindowRow(1, at(0), at(0), false);
    var row =
        new KeyRow(key, KeyState.WAITING, at(0), at(0), at(dueAt), null, policy, window, null, 0);
    store.transact(
        transaction -> {
          transaction.save(List.of(row));
          return true;
        });
  }
}
