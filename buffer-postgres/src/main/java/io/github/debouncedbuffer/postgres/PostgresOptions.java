// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to open a {@link PostgresBufferStore}. Every node of a buffer uses the same schema and the
 * same lease. Immutable, thread-safe.
 *
 * @param schema the database schema that holds the tables, and nothing else's; matches {@code
 *     [a-z_][a-z0-9_]{0,62}} and does not begin with {@code pg_}
 * @param lease how long a claim holds unless it is renewed; from 1 second to 1 hour
 * @param lockTimeout how long to wait for a row that somebody else has locked, before {@code BUSY};
 *     from 1 ms to 1 hour
 * @param socketTimeout how long a statement may take, and how long a transaction may wait for its
 *     next one, before the server ends it; a server that says nothing for a second longer counts as
 *     gone; from 1 second to 1 hour
 * @param completionTimeout how long one statement of a handler may take that takes part in a
 *     transaction of the store; from 1 second to {@code socketTimeout}
 * @param createSchema whether schema and tables are made if they are absent; if not, opening says
 *     which SQL to run
 * @param storeId the id that a newly made store gets; null for a random one. A store that exists
 *     keeps its own
 */
public record PostgresOptions(
    String schema,
    Duration lease,
    Duration lockTimeout,
    Duration socketTimeout,
    Duration completionTimeout,
    boolean createSchema,
    @Nullable String storeId) {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,62}");
  private static final Pattern STORE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks the values.
   *
   * @param schema see above
   * @param lease see above
   * @param lockTimeout see above
   * @param socketTimeout see above
   * @param completionTimeout see above
   * @param createSchema see above
   * @param storeId 1 to 64 characters of {@code [A-Za-z0-9_-]}, or null
   * @throws IllegalArgumentException if one is out of its range
   */
  public PostgresOptions {
    matching("schema", schema, SCHEMA);
    within("lease", lease, SECOND);
    within("lockTimeout", lockTimeout, Duration.ofMillis(1));
    within("socketTimeout", socketTimeout, SECOND);
    within("completionTimeout", completionTimeout, SECOND);
    if (completionTimeout.compareTo(socketTimeout) > 0) {
      throw new IllegalArgumentException(
          "completionTimeout " + completionTimeout + " > socketTimeout " + socketTimeout);
    }
    if (storeId != null) {
      matching("storeId", storeId, STORE_ID);
    }
  }

  /**
   * What is used when nothing is said: the schema {@code debounced_buffer}, made if it is absent, a
   * lease of 30 seconds, 5 seconds for locks, 15 for the socket, 10 for completions, and a random
   * store id.
   *
   * @return the default options
   */
  public static PostgresOptions defaults() {
    return new PostgresOptions(
        "debounced_buffer",
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        true,
        null);
  }

  /**
   * The same options with another schema.
   *
   * @param name matches {@code [a-z_][a-z0-9_]{0,62}} and does not begin with {@code pg_}
   * @return the changed options
   */
  public PostgresOptions withSchema(String name) {
    return new PostgresOptions(
        name, lease, lockTimeout, socketTimeout, completionTimeout, createSchema, storeId);
  }

  /**
   * The same options with another lease.
   *
   * @param duration from 1 second to 1 hour
   * @return the changed options
   */
  public PostgresOptions withLease(Duration duration) {
    return new PostgresOptions(
        schema, duration, lockTimeout, socketTimeout, completionTimeout, createSchema, storeId);
  }

  /**
   * The same options with another timeout for locks.
   *
   * @param timeout from 1 ms to 1 hour
   * @return the changed options
   */
  public PostgresOptions withLockTimeout(Duration timeout) {
    return new PostgresOptions(
        schema, lease, timeout, socketTimeout, completionTimeout, createSchema, storeId);
  }

  /**
   * The same options with another timeout for the server's answers.
   *
   * @param timeout from 1 second, and from {@code completionTimeout}, to 1 hour
   * @return the changed options
   */
  public PostgresOptions withSocketTimeout(Duration timeout) {
    return new PostgresOptions(
        schema, lease, lockTimeout, timeout, completionTimeout, createSchema, storeId);
  }

  /**
   * The same options with another timeout for a handler's own statements.
   *
   * @param timeout from 1 second to {@code socketTimeout}
   * @return the changed options
   */
  public PostgresOptions withCompletionTimeout(Duration timeout) {
    return new PostgresOptions(
        schema, lease, lockTimeout, socketTimeout, timeout, createSchema, storeId);
  }

  /**
   * The same options, making schema and tables or not.
   *
   * @param create whether they are made if they are absent
   * @return the changed options
   */
  public PostgresOptions withCreateSchema(boolean create) {
    return new PostgresOptions(
        schema, lease, lockTimeout, socketTimeout, completionTimeout, create, storeId);
  }

  /**
   * The same options with a fixed id for a newly made store, so that a simulation repeats.
   *
   * @param id 1 to 64 characters of {@code [A-Za-z0-9_-]}
   * @return the changed options
   */
  public PostgresOptions withStoreId(String id) {
    return new PostgresOptions(
        schema,
        lease,
        lockTimeout,
        socketTimeout,
        completionTimeout,
        createSchema,
        Objects.requireNonNull(id, "storeId"));
  }

  /**
   * The SQL that makes schema and tables, for those who do that by hand. It is run once, in one
   * transaction, by the role that is to own them. A node's role needs {@code USAGE} of the schema,
   * {@code SELECT}, {@code INSERT}, {@code UPDATE} and {@code DELETE} of its tables, and {@code
   * SELECT} and {@code USAGE} of its sequences.
   *
   * @return statements, each ended by a semicolon
   */
  public String ddl() {
    return Ddl.createSchema(this) + Ddl.createTables(this);
  }

  private static void matching(String name, String value, Pattern pattern) {
    if (!pattern.matcher(Objects.requireNonNull(value, name)).matches()) {
      throw new IllegalArgumentException(name + " " + value + " does not match " + pattern);
    }
  }

  private static void within(String name, Duration value, Duration shortest) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(shortest) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name + " " + value + " is not within " + shortest + " to " + LONGEST);
    }
  }
}
