// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Data in memory that several nodes of one process share, as if each were a process of its own:
 * with a lease, a time that is the store's, and word of earlier due times. For tests of what
 * happens between nodes; the data end with the process.
 *
 * <p>Thread-safe: transactions of all nodes run one after the other.
 */
public final class SharedMemory implements SharedSource {

  private final InMemoryBufferStore data;
  private final Duration lease;
  private final Supplier<Instant> time;
  private final List<Node> nodes = new CopyOnWriteArrayList<>();

  /**
   * Makes empty data with a random {@link BufferStore#storeId}.
   *
   * @param lease how long a claim holds, at least 1 second
   * @param time the store's time
   * @throws IllegalArgumentException if the lease is shorter
   */
  public SharedMemory(Duration lease, Supplier<Instant> time) {
    this(UUID.randomUUID().toString(), lease, time);
  }

  /**
   * Makes empty data with a given id, so that a simulation gives the same batch ids every time.
   *
   * @param storeId 1 to 64 characters of {@code [A-Za-z0-9_-]}
   * @param lease how long a claim holds, at least 1 second
   * @param time the store's time
   * @throws IllegalArgumentException if the lease is shorter or the id anything else
   */
  public SharedMemory(String storeId, Duration lease, Supplier<Instant> time) {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("lease " + lease + " < PT1S");
    }
    this.data = new InMemoryBufferStore(storeId);
    this.lease = lease;
    this.time = Objects.requireNonNull(time, "time");
  }

  /**
   * {@inheritDoc}
   *
   * <p>To close it closes nothing else.
   */
  @Override
  public BufferStore node(int number) {
    Node node = new Node();
    nodes.add(node);
    return node;
  }

  @Override
  public void close() {
    nodes.clear();
    data.close();
  }

  /** The same transaction, but it tells the store's time. */
  private StoreTransaction timed(StoreTransaction inner) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            StoreTransaction.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("now")) {
                return time.get();
              }
              try {
                return method.invoke(inner, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** What a transaction came to, and the earliest due time if it made that earlier. */
  private record Done<R>(R result, Optional<Instant> sooner) {}

  /** One node's store object. */
  private final class Node implements BufferStore {

    private volatile boolean closed;
    private volatile @Nullable Consumer<Instant> listener;

    @Override
    public String storeId() {
      return data.storeId();
    }

    @Override
    public <R> R transact(StoreWork<R> work) {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "this node has closed its store");
      }
      Done<R> done =
          data.transact(
              transaction -> {
                Instant before = transaction.nextDue(true).orElse(Instant.MAX);
                R result = work.in(timed(transaction));
                return new Done<>(result, transaction.nextDue(true).filter(before::isAfter));
              });
      done.sooner().ifPresent(this::tellOthers);
      return done.result();
    }

    private void tellOthers(Instant sooner) {
      for (Node node : nodes) {
        Consumer<Instant> told = node.listener;
        if (node != this && told != null) {
          told.accept(sooner);
        }
      }
    }

    @Override
    public Optional<Duration> lease() {
      return Optional.of(lease);
    }

    @Override
    public void listen(Consumer<Instant> sooner) {
      listener = Objects.requireNonNull(sooner, "sooner");
    }

    @Override
    public void close() {
      closed = true;
      listener = null;
      nodes.remove(this);
    }
  }
}
