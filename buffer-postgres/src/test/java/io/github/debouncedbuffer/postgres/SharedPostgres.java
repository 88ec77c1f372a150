// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.nodes.NodesSimulation;
import io.github.debouncedbuffer.testkit.nodes.SharedSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A schema that the nodes of one simulated scenario share, with the simulation's time. */
final class SharedPostgres implements SharedSource {

  private final PostgresOptions options;
  private final Supplier<Instant> time;
  private final List<BufferStore> opened = new ArrayList<>();

  private SharedPostgres(Duration lease, Supplier<Instant> time) {
    this.options = Server.newSchema().withStoreId("postgres").withLease(lease);
    this.time = time;
  }

  static NodesSimulation simulation() {
    return NodesSimulation.over(SharedPostgres::new);
  }

  @Override
  public BufferStore node(int number) {
    BufferStore store =
        PostgresBufferStore.open(Server.source(), Node.sharing(options, clock -> time.get()));
    opened.add(store);
    return store;
  }

  @Override
  public void close() {
    opened.forEach(BufferStore::close);
    Server.run("DROP SCHEMA " + options.schema() + " CASCADE");
  }
}
