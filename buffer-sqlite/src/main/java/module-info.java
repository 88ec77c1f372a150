// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Keeps the buffer in one SQLite file: the embedded durable store. */
module io.github.debouncedbuffer.sqlite {
  requires transitive io.github.debouncedbuffer;
  requires java.sql;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;

  exports io.github.debouncedbuffer.sqlite;
}
