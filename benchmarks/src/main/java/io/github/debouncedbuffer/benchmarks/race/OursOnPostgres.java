// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.benchmarks.postgres.Nodes;
import io.github.debouncedbuffer.benchmarks.postgres.Postgres;
import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * This library on several nodes. Each message goes to the next node, as from a load balancer that
 * does not know keys: so each node has messages of each key.
 *
 * @param nodes how many
 */
record OursOnPostgres(int nodes) implements Contender {

  @Override
  public String title() {
    return "DebouncedBuffer, " + SeveralNodes.nodes(nodes);
  }

  @Override
  public String bias() {
    return (nodes == 1 ? "" : "all nodes in one process, on the server's machine; ")
        + Postgres.SERVER_BIAS;
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws IOException {
    Postgres.Database database = Postgres.newDatabase(folder);
    return new OnNodes(
        database,
        Nodes.start(
            database,
            nodes,
            WindowPolicy.fixed(window),
            workers,
            batch -> handler.handle(batch.key(), batch.payloads())));
  }

  private static final class OnNodes implements Running {

    private final Postgres.Database database;
    private final Nodes nodes;
    private final AtomicInteger turn = new AtomicInteger();

    OnNodes(Postgres.Database database, Nodes nodes) {
      this.database = database;
      this.nodes = nodes;
    }

    @Override
    public void submit(String key, String payload) {
      int next = Math.floorMod(turn.getAndIncrement(), nodes.buffers().size());
      nodes.buffers().get(next).submit(key, payload);
    }

    @Override
    public void close() {
      nodes.close();
      database.close();
    }
  }
}
