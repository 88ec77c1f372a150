// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static io.github.debouncedbuffer.postgres.Proxies.call;
import static io.github.debouncedbuffer.postgres.Proxies.preparesCommit;
import static io.github.debouncedbuffer.postgres.Proxies.proxy;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that lets a test act at the instant at which a COMMIT is sent. */
final class Commits {

  /** What a test does. */
  @FunctionalInterface
  interface Act {
    void run() throws Exception;
  }

  private final DataSource database;
  private volatile @Nullable Act next;
  private volatile @Nullable Act reading;
  private volatile @Nullable Thread sender;

  Commits(DataSource database) {
    this.database = database;
  }

  DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) ->
            method.getName().equals("getConnection")
                ? watched((Connection) call(database, method, arguments))
                : call(database, method, arguments));
  }

  private Connection watched(Connection real) {
    return proxy(
        Connection.class, (self, method, arguments) -> onConnection(real, method, arguments));
  }

  /** While the answer to the next COMMIT is read that this thread sends with writes, once. */
  void whileReadingNext(Act act) {
    sender = Thread.currentThread();
    reading = act;
  }

  /** Before the next COMMIT is sent by this thread, once. */
  void beforeNext(Act act) {
    sender = Thread.currentThread();
    next = act;
  }

  boolean happened() {
    return next == null;
  }

  private @Nullable Object onConnection(
      Connection real, Method method, Object @Nullable [] arguments) throws Throwable {
    boolean commits = commits(method, arguments) && sender == Thread.currentThread();
    Act act = commits ? next : null;
    if (act != null) {
      next = null;
      act.run();
    }
    Object result = call(real, method, arguments);
    return commits && result instanceof PreparedStatement statement ? watched(statement) : result;
  }

  private PreparedStatement watched(PreparedStatement real) {
    return proxy(
        PreparedStatement.class,
        (self, method, arguments) -> {
          Act act = method.getName().equals("getMoreResults") ? reading : null;
          if (act != null) {
            reading = null;
            act.run();
          }
          return call(real, method, arguments);
        });
  }

  /** By itself, or with what is written. */
  private static boolean commits(Method method, Object @Nullable [] arguments) {
    return method.getName().equals("commit") || preparesCommit(method, arguments);
  }
}
