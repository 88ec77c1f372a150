// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.StoreSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A schema for a simulation, which knows one node: the store has the data alone. A crash leaves a
 * store that nobody closes, and its connection.
 */
final class PostgresSource implements StoreSource {

  /** Schemas that no scenario uses now. */
  private static final Queue<PostgresOptions> FREE = new ConcurrentLinkedQueue<>();

  private final PostgresOptions options;
  private final List<BufferStore> opened = new ArrayList<>();

  private PostgresSource(PostgresOptions options) {
    this.options = options;
  }

  static Simulation simulation() {
    return Simulation.over(
        () -> {
          PostgresOptions free = FREE.poll();
          return new PostgresSource(
              free == null ? Server.newSchema().withStoreId("postgres") : free);
        });
  }

  @Override
  public BufferStore open() {
    BufferStore store = PostgresBufferStore.open(Server.source(), Node.alone(options));
    opened.add(store);
    return store;
  }

  @Override
  public BufferStore afterCrash() {
    return open();
  }

  /** Empties the tables, and has the numbers begin anew, so that a scenario repeats. */
  @Override
  public void close() {
    opened.forEach(BufferStore::close);
    StringBuilder all = new StringBuilder();
    for (String table :
        List.of("keys", "messages", "message_ids", "dead_letters", "dead_messages", "nodes")) {
      all.append("DELETE FROM ").append(options.schema()).append('.').append(table).append(';');
    }
    for (String sequence : List.of("sequences", "tokens")) {
      all.append("ALTER SEQUENCE ").append(options.schema()).append('.').append(sequence);
      all.append(" RESTART;");
    }
    Server.run(all.toString());
    FREE.add(options);
  }
}
