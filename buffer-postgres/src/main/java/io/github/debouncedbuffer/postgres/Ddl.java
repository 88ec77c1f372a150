// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

/** The tables of version 1, as SQL that can also be run by hand. */
final class Ddl {

  static final int VERSION = 1;

  private Ddl() {}

  static String createSchema(PostgresOptions options) {
    return Sql.in(options.schema(), "CREATE SCHEMA IF NOT EXISTS {schema};\n");
  }

  /**
   * The id is made by the server unless it was given, so that the text can be kept and run again.
   */
  static String createTables(PostgresOptions options) {
    String id = options.storeId();
    return Sql.in(options.schema(), TABLES)
        .replace("{version}", Integer.toString(VERSION))
        .replace(
            "{store_id}",
            id == null ? "replace(gen_random_uuid()::text, '-', '')" : "'" + id + "'");
  }

  /**
   * Rows come and go all the time, so that vacuum is to come often; a page of {@code keys} or
   * {@code nodes} keeps room for the next version of its rows.
   */
  private static final String TABLES =
      """
      -- Instants are nanoseconds since 1970 (UTC), durations are nanoseconds.
      CREATE TABLE {schema}.store (
        id integer PRIMARY KEY CHECK (id = 1),
        version integer NOT NULL,
        store_id text NOT NULL
      );
      INSERT INTO {schema}.store (id, version, store_id) VALUES (1, {version}, {store_id});

      -- Whoever needs numbers draws 65,536 of them. They are never given twice.
      CREATE SEQUENCE {schema}.sequences INCREMENT BY 65536 MINVALUE 1 CACHE 1;
      CREATE SEQUENCE {schema}.tokens INCREMENT BY 65536 MINVALUE 1 CACHE 1;

      -- A row for each transaction that a node has at a time: what it committed last.
      CREATE TABLE {schema}.nodes (
        node uuid NOT NULL,
        slot integer NOT NULL,
        marker bigint NOT NULL,
        pending bigint NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (node, slot)
      ) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200);

      -- A row for each key that is not idle.
      CREATE TABLE {schema}.keys (
        key text COLLATE "C" PRIMARY KEY,
        state text NOT NULL,
        started_at bigint NOT NULL,
        last_arrival_at bigint NOT NULL,
        due_at bigint,
        extended_until bigint,
        policy_quiet boolean NOT NULL,
        policy_min_wait bigint NOT NULL,
        policy_max_wait bigint NOT NULL,
        policy_max_batch integer NOT NULL,
        policy_follow_up text NOT NULL,
        window_messages integer,
        window_opened_at bigint,
        window_counts_from bigint,
        window_due_now boolean,
        batch_id bigint,
        batch_token bigint,
        batch_attempt integer,
        batch_messages integer,
        batch_through_sequence bigint,
        batch_opened_at bigint,
        batch_since bigint,
        batch_recovered boolean,
        batch_lease_until bigint,
        supersedes integer NOT NULL
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02,
        autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
      CREATE INDEX keys_due ON {schema}.keys (due_at, key) WHERE due_at IS NOT NULL;
      CREATE INDEX keys_running ON {schema}.keys (batch_lease_until) WHERE state = 'RUNNING';
      CREATE INDEX keys_latest ON {schema}.keys (greatest(window_counts_from, batch_since));

      CREATE TABLE {schema}.messages (
        key text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        message_id text COLLATE "C",
        arrived_at bigint NOT NULL,
        checksum bigint NOT NULL,
        payload bytea NOT NULL,
        PRIMARY KEY (key, sequence)
      ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05,
        autovacuum_vacuum_cost_delay = 0);

      -- A row for each message id that is remembered; until then, if its message is no more.
      CREATE TABLE {schema}.message_ids (
        key text COLLATE "C" NOT NULL,
        message_id text COLLATE "C" NOT NULL,
        sequence bigint NOT NULL,
        forget_at bigint,
        PRIMARY KEY (key, message_id)
      ) WITH (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.05);
      CREATE INDEX message_ids_to_forget ON {schema}.message_ids (forget_at)
        WHERE forget_at IS NOT NULL;

      CREATE TABLE {schema}.dead_letters (
        id bigint PRIMARY KEY,
        key text COLLATE "C" NOT NULL,
        reason text NOT NULL,
        error text NOT NULL,
        attempts integer NOT NULL,
        started_at bigint NOT NULL,
        died_at bigint NOT NULL
      );
      CREATE TABLE {schema}.dead_messages (
        letter_id bigint NOT NULL,
        sequence bigint NOT NULL,
        message_id text COLLATE "C",
        arrived_at bigint NOT NULL,
        checksum bigint NOT NULL,
        payload bytea NOT NULL,
        PRIMARY KEY (letter_id, sequence)
      );

      -- A large payload is kept beside its row, not compressed: that is for its sender to do.
      ALTER TABLE {schema}.messages ALTER payload SET STORAGE EXTERNAL;
      ALTER TABLE {schema}.dead_messages ALTER payload SET STORAGE EXTERNAL;
      """;
}
