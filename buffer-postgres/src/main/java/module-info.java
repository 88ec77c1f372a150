// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Keeps the buffer in a PostgreSQL database: the durable store that several nodes share. */
module io.github.debouncedbuffer.postgres {
  requires transitive io.github.debouncedbuffer;
  requires transitive java.sql;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.github.debouncedbuffer.postgres;
}
