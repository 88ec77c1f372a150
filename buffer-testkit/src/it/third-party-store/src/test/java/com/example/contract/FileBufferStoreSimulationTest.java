// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.filestore.FileBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.simulation.Campaign;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.StoreSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that it takes to run the simulation over one's own store. */
class FileBufferStoreSimulationTest {

  private static final int SCENARIOS = 100;

  @TempDir private Path parent;

  @Test
  void allPromisesAreKept() {
    Campaign.Report report =
        Campaign.of(Simulation.over(FileSource::new)).run(System.nanoTime(), SCENARIOS);
    assertEquals(Optional.empty(), report.finding().map(found -> found.inWords()));
    assertEquals(SCENARIOS, report.scenarios());
  }

  /** A crash is a copy of the file of a store that nobody has closed. */
  private final class FileSource implements StoreSource {
    private final List<BufferStore> opened = new ArrayList<>();
    private Path directory = made();

    private Path made() {
      try {
        return Files.createTempDirectory(parent, "store");
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    @Override
    public BufferStore open() {
      opened.add(FileBufferStore.open(directory));
      return opened.get(opened.size() - 1);
    }

    @Override
    public BufferStore afterCrash() {
      Path next = made();
      try {
        Files.copy(directory.resolve("store"), next.resolve("store"));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      directory = next;
      return open();
    }

    @Override
    public void close() {
      opened.forEach(BufferStore::close);
    }
  }
}
