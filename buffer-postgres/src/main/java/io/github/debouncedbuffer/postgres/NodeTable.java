// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.util.UUID;

/**
 * The rows that say what a node's transactions have committed. Each transaction that runs at the
 * same time as others of its node has a slot, and so a row, of its own, so that none waits for
 * another and the count of messages that are pending is the sum over all rows.
 *
 * <p>A transaction writes its marker, and is known by it when the answer to its commit was lost.
 *
 * @param node which one; a store object is a node
 */
record NodeTable(UUID node) {

  /** What nodes have left that are gone. */
  private static final UUID GONE = new UUID(0, 0);

  private static final String MARK =
      """
      INSERT INTO {schema}.nodes AS stored (node, slot, marker, pending) VALUES (?, ?, ?, ?)
      ON CONFLICT (node, slot) DO UPDATE SET marker = greatest(stored.marker, excluded.marker),
        pending = stored.pending + excluded.pending, seen_at = excluded.seen_at
      """;

  private static final String LAST_MARKER =
      """
      SELECT coalesce(max(marker), 0), pg_is_in_recovery() FROM {schema}.nodes
      WHERE node = ? AND slot = ?
      """;

  private static final String READ_ONLY = "25006";

  private static final String MERGE =
      """
      WITH gone AS (
        DELETE FROM {schema}.nodes
        WHERE (node, slot) IN (
          SELECT node, slot FROM {schema}.nodes
          WHERE node <> ? AND (node = ? OR seen_at < clock_timestamp() - interval '1 day')
          FOR UPDATE SKIP LOCKED)
        RETURNING pending)
      INSERT INTO {schema}.nodes AS stored (node, slot, marker, pending)
      SELECT ?, 0, 0, sum(pending) FROM gone HAVING count(*) > 0
      ON CONFLICT (node, slot) DO UPDATE SET pending = stored.pending + excluded.pending
      """;

  void mark(Statements statements, int slot, long marker, long pending) {
    statements.later(MARK, p -> p.uuid(node).number(slot).number(marker).number(pending));
  }

  /** What a transaction holds until its end; see {@link Outcomes}. */
  long lock(long marker) {
    return node.getMostSignificantBits() + marker;
  }

  /**
   * The last one that is committed, when the transaction of this one has ended; 0 if there is none.
   * A standby cannot say: it knows nothing of the locks, and may be behind.
   */
  long lastMarker(Statements statements, int slot, long marker) throws SQLException {
    statements.holding(lock(marker));
    return statements.single(LAST_MARKER, p -> p.uuid(node).number(slot), NodeTable::ofPrimary);
  }

  private static long ofPrimary(Cursor c) throws SQLException {
    long marker = c.number();
    if (c.flag()) {
      throw new SQLException("the data source leads to a standby", READ_ONLY);
    }
    return marker;
  }

  /** One row for this node, and for all that were not seen for a day, so that they stay few. */
  void merge(Statements statements) throws SQLException {
    statements.update(MERGE, p -> p.uuid(GONE).uuid(node).uuid(GONE));
  }
}
