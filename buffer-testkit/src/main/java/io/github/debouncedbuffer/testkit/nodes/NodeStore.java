// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between a node's engine and its store: shows each commit to the checks, fails while the node is
 * cut off, and keeps what other nodes tell until the one thread of the simulation comes by.
 */
final class NodeStore implements BufferStore {

  private final BufferStore store;
  private final Life life;
  private final World world;
  private final Queue<Instant> word = new ConcurrentLinkedQueue<>();
  private @Nullable Consumer<Instant> sooner;
  private boolean closed;

  NodeStore(BufferStore store, Life life, World world) {
    this.store = store;
    this.life = life;
    this.world = world;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public Optional<Duration> lease() {
    return store.lease();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    Node node = life.node;
    if (node.isCut(world.time()) && !closed) {
      throw new StoreException(Reason.UNAVAILABLE, "planned: the node is cut off");
    }
    View[] left = new View[1];
    R result =
        store.transact(
            transaction -> {
              R answer = work.in(transaction);
              left[0] = View.read(transaction, world.ledger.keys);
              return answer;
            });
    world.committed(life, left[0]);
    if (node.loseIn >= 0 && node.loseIn-- == 0) {
      node.troubled(world.time());
      throw new StoreException(Reason.OUTCOME_UNKNOWN, "planned: the answer is lost");
    }
    return result;
  }

  @Override
  public void listen(Consumer<Instant> listener) {
    sooner = listener;
    store.listen(word::add);
  }

  /** Lets the node hear what it was told meanwhile, or not, if it is deaf or cut off. */
  void deliver() {
    Consumer<Instant> listener = sooner;
    for (Instant dueAt = word.poll(); dueAt != null; dueAt = word.poll()) {
      Instant told = dueAt;
      if (listener != null && !closed && !life.node.deaf && !life.node.isCut(world.time())) {
        life.clock
            .executor()
            .execute(
                () -> {
                  life.heard.add(told);
                  listener.accept(told);
                });
      }
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    store.close();
  }
}
