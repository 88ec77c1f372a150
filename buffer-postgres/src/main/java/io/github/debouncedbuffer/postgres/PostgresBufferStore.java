// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the buffer in one schema of a PostgreSQL database (version 13 or newer), which any number
 * of nodes share, each with a store object of its own. What {@link #transact} has committed
 * survives a crash of the node and of the server, if the server's disk honours a sync. Thread-safe;
 * transactions run at the same time.
 *
 * <p>It takes connections from a data source, a pool or not: one that it holds, one on which it
 * listens, and one for each transaction that runs while another one does, which is given back
 * afterwards. One that failed is closed and never used again; the next transaction asks for another
 * one. Each transaction brings its settings with it and needs nothing of the session, so that a
 * pooler such as PgBouncer may stand between, in its transaction mode; then nothing is heard of
 * other nodes' due times, and the buffer finds them when it looks, every third of the lease.
 *
 * <p>What was erased no query finds any more. But its bytes stay where no store can reach them: in
 * the server's pages until a vacuum has freed them and they are used again, and in the server's
 * log, its archive, replicas and backups for as long as these are kept.
 */
public final class PostgresBufferStore implements BufferStore {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresBufferStore.class);

  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private final DataSource source;
  private final Node node;
  private final Sessions sessions;
  private final Channel channel;
  private final Database database;
  private @Nullable Listener listener;
  private volatile boolean closed;

  private PostgresBufferStore(DataSource source, Node node, Sessions sessions) {
    this.source = source;
    this.node = node;
    this.sessions = sessions;
    this.channel = Channel.of(node.options(), sessions.storeId(), node);
    this.database = new Database(node, channel, sessions);
  }

  /**
   * Opens the schema {@code debounced_buffer}, which is made if it is absent, with the default
   * options.
   *
   * @param source where connections come from; it stays the caller's, who closes it after the store
   * @return the store, which the buffer closes
   * @throws StoreException if the database cannot be used; the reason says why
   */
  public static PostgresBufferStore open(DataSource source) {
    return open(source, PostgresOptions.defaults());
  }

  /**
   * Opens a schema, which is made if it is absent.
   *
   * @param source where connections come from; it stays the caller's, who closes it after the store
   * @param options how
   * @return the store, which the buffer closes
   * @throws StoreException if the database cannot be used; the reason says why
   */
  public static PostgresBufferStore open(DataSource source, PostgresOptions options) {
    return open(source, Node.sharing(options, null));
  }

  /** Tests have a time of their own, or the data for themselves. */
  static PostgresBufferStore open(DataSource source, Node node) {
    Objects.requireNonNull(source, "source");
    try {
      return new PostgresBufferStore(source, node, new Opener(node.options()).open(source, node));
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public String storeId() {
    return sessions.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    requireNotInside();
    life.readLock().lock();
    try {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "the store is closed; nothing was stored");
      }
      return database.transact(work);
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public Optional<Duration> lease() {
    return node.lease();
  }

  /** {@inheritDoc} This takes a thread and a connection. */
  @Override
  public void listen(Consumer<Instant> sooner) {
    life.writeLock().lock();
    try {
      if (!closed && listener == null && !node.isAlone()) {
        listener = Listener.start(source, node.options(), channel, sooner);
      }
    } finally {
      life.writeLock().unlock();
    }
  }

  /**
   * {@inheritDoc} This one offers {@link Connection}: the transaction's, which runs statements, may
   * set savepoints, and cannot end the transaction.
   */
  @Override
  public boolean offers(Class<?> type) {
    return type == Connection.class;
  }

  /**
   * {@inheritDoc} Waits for the transactions that run, up to {@link PostgresOptions#socketTimeout};
   * then their connections are cut, and one that a handler's work does not let go of is left
   * behind.
   */
  @Override
  public void close() {
    requireNotInside();
    boolean alone = isAlone();
    try {
      if (!alone) {
        LOG.warn("PostgreSQL: a transaction did not end in time, and is cut off at the close");
        sessions.abort();
      }
      end();
    } finally {
      if (alone) {
        life.writeLock().unlock();
      }
    }
  }

  /** Whether no transaction runs any more; then none begins until the lock is let go. */
  private boolean isAlone() {
    try {
      return life.writeLock()
          .tryLock(node.options().socketTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void end() {
    if (!closed) {
      closed = true;
      if (listener != null) {
        listener.close();
      }
      Session last = sessions.end();
      if (last != null) {
        tidy(last);
      }
    }
  }

  /** Leaves no rows of this node. If that fails, another node does it after a day. */
  private void tidy(Session last) {
    try {
      node.table().merge(last.statements());
      last.commit(last.numbers(new Looks(last.statements())));
      last.close();
    } catch (SQLException e) {
      LOG.debug("The rows of this node are left to another one", e);
      last.spoil();
    }
  }

  private void requireNotInside() {
    if (life.getReadHoldCount() > 0) {
      throw new IllegalStateException("called from within a transaction of the same store");
    }
  }
}
