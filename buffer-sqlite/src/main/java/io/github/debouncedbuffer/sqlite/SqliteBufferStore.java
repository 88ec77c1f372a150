// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Keeps the buffer in one SQLite file, which it alone uses. What {@link #transact} has committed
 * survives a crash of the process and a power cut, if the disk honours a sync. Thread-safe;
 * transactions run one after the other.
 *
 * <p>Beside the file {@code x} stand {@code x-wal} and {@code x-shm} while it is open, and {@code
 * x.lock}, which stays. All of them are for their owner only, where the system has modes; a file
 * that exists keeps its mode. A copy of {@code x} without {@code x-wal} is not a backup: {@link
 * #backup} makes one. Never delete {@code x.lock} while somebody uses {@code x}.
 */
public final class SqliteBufferStore implements BufferStore {

  private final ReentrantLock turn = new ReentrantLock();
  private final DatabaseFile file;
  private final OwnerLock owner;
  private final Database database;
  private final Backup backup;
  private boolean closed;

  private SqliteBufferStore(DatabaseFile file, OwnerLock owner, Database database, Backup backup) {
    this.file = file;
    this.owner = owner;
    this.database = database;
    this.backup = backup;
  }

  /**
   * Opens a file, which is made if it is absent, with the default options.
   *
   * @param path where; its directory must exist
   * @return the store, which the buffer closes
   * @throws IllegalArgumentException if the path cannot name a database file
   * @throws StoreException if the file cannot be used; the reason says why
   */
  public static SqliteBufferStore open(Path path) {
    return open(path, SqliteOptions.defaults());
  }

  /**
   * Opens a file, which is made if it is absent.
   *
   * @param path where; its directory must exist
   * @param options how
   * @return the store, which the buffer closes
   * @throws IllegalArgumentException if the path cannot name a database file
   * @throws StoreException if the file cannot be used; the reason says why
   */
  public static SqliteBufferStore open(Path path, SqliteOptions options) {
    return open(path, options, UnaryOperator.identity());
  }

  /** Tests put faulty connections in the place of the real ones. */
  static SqliteBufferStore open(
      Path path, SqliteOptions options, UnaryOperator<Connector> connectors) {
    DatabaseFile file = DatabaseFile.at(path);
    OwnerLock owner = OwnerLock.acquire(file);
    boolean opened = false;
    try {
      NativeLibrary.load(file);
      Opener opener = new Opener(file, options, connectors.apply(Connector.writer(file, options)));
      Database database = new Database(file, opener, opener.open());
      opened = true;
      return new SqliteBufferStore(file, owner, database, new Backup(file, options));
    } finally {
      if (!opened) {
        owner.release();
      }
    }
  }

  @Override
  public String storeId() {
    return database.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    requireNotInside();
    turn.lock();
    try {
      requireOpen();
      return database.transact(work);
    } finally {
      turn.unlock();
    }
  }

  /** {@inheritDoc} It does: what SQLite waits for it waits for in native code. */
  @Override
  public boolean bearsInterrupts() {
    return true;
  }

  /**
   * Writes a copy of all that is committed to a file of its own, synced, while the store is in use.
   * Transactions go on meanwhile; what they commit after the beginning is not in the copy. To
   * restore it, open it instead of the damaged file, or put it in that one's place while nobody has
   * it open and after removing what stands beside it ({@code -wal}, {@code -shm}).
   *
   * <p>Whoever opens the copy is where this store was: messages that were answered since are
   * answered again, and message ids that were accepted since are not known. The copy has another
   * {@link #storeId}, so that none of its batches has the id of one that was handled since.
   *
   * @param path of a file that does not exist; its directory does
   * @throws IllegalArgumentException if the path cannot name a database file
   * @throws StoreException if the copy cannot be written; there is none then, apart from a file
   *     that ends with {@code .part}, and this store is as it was
   */
  public void backup(Path path) {
    requireNotInside();
    turn.lock();
    try {
      requireOpen();
      file.requireSame();
    } finally {
      turn.unlock();
    }
    backup.writeTo(path);
  }

  private void requireOpen() {
    if (closed) {
      throw new StoreException(Reason.CLOSED, file + " is closed; nothing was stored");
    }
  }

  /** {@inheritDoc} Waits for the transaction that runs. */
  @Override
  public void close() {
    requireNotInside();
    turn.lock();
    try {
      if (!closed) {
        closed = true;
        database.close();
        owner.release();
      }
    } finally {
      turn.unlock();
    }
  }

  private void requireNotInside() {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("called from within a transaction of the same store");
    }
  }
}
