// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import io.github.debouncedbuffer.spi.BufferStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Several nodes on one database: buffers, each with a store object and connections of its own, all
 * in this process.
 */
public final class Nodes implements AutoCloseable {

  private final List<DebouncedBuffer<String>> buffers = new ArrayList<>();

  private Nodes() {}

  /**
   * Starts so many.
   *
   * @param measured what stands before each store, for who measures
   */
  static Nodes start(
      Postgres.Database database,
      int count,
      UnaryOperator<BufferStore> measured,
      WindowPolicy window,
      int workers,
      Handler<String> handler) {
    Nodes nodes = new Nodes();
    for (int i = 0; i < count; i++) {
      BufferStore store = measured.apply(store(database));
      nodes.buffers.add(buffer(store, window).workers(workers).handler(handler).start());
    }
    return nodes;
  }

  /** The same with nothing before the stores. */
  public static Nodes start(
      Postgres.Database database,
      int count,
      WindowPolicy window,
      int workers,
      Handler<String> handler) {
    return start(database, count, UnaryOperator.identity(), window, workers, handler);
  }

  static BufferStore store(Postgres.Database database) {
    return PostgresBufferStore.open(database.unpooled(), PostgresOptions.defaults());
  }

  static DebouncedBufferBuilder<String> buffer(BufferStore store, WindowPolicy window) {
    return DebouncedBuffer.builder(Codec.utf8()).store(store).window(window);
  }

  /** In the order of their start. */
  public List<DebouncedBuffer<String>> buffers() {
    return buffers;
  }

  @Override
  public void close() {
    buffers.forEach(DebouncedBuffer::close);
  }
}
