// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * From the server's SQLStates to the reasons of the SPI, and what to tell the operator. The cause
 * says what the server says, but for its details: there it quotes rows, and so keys.
 */
final class Failures {

  private static final String CORRUPT = "XX001";
  private static final Set<String> DAMAGE = Set.of(CORRUPT, "XX002");
  private static final Set<String> FULL = Set.of("53100");
  private static final Set<String> BUSY = Set.of("55P03", "57014", "40001", "40P01");
  private static final Set<String> AGAIN = Set.of("40001", "40P01");
  private static final Set<String> SCHEMA = Set.of("3F000", "42P01", "42703");

  /** A statement of a handler's failed before in this transaction, and he went on. */
  private static final String ABORTED = "25P02";

  private static final String PAUSED_TOO_LONG = "25P03";

  /** Classes of SQLStates: data, integrity, and what a function raises. */
  private static final Set<String> BY_WORK = Set.of("22", "23", "P0");

  /** More classes: those above, a rollback by the server, its resources, and statements. */
  private static final Set<String> TAKEN_BACK = Set.of("22", "23", "P0", "40", "53", "42");

  private static final Map<String, String> BY_HANDLERS =
      Map.of(
          ABORTED,
          "a statement of a handler's has failed in this transaction, so that nothing of it was"
              + " stored. Let the handler's work end with what its statement threw",
          "3B001",
          "a statement of a handler's has ended this transaction; what it did before stands by"
              + " itself, and nothing else was stored. Take it out of the handler's work");

  private Failures() {}

  /**
   * What a handler's own statement has done is no failure of the store: trying again is in vain.
   */
  static RuntimeException of(SQLException e) {
    String byHandler = BY_HANDLERS.get(state(e));
    if (byHandler != null) {
      return new IllegalStateException("PostgreSQL: " + byHandler, withoutDetails(e));
    }
    Reason reason = reason(e);
    return new StoreException(reason, "PostgreSQL: " + advice(reason), withoutDetails(e));
  }

  /**
   * The same in a transaction in which a handler's work has run: a constraint that is looked at
   * late, or a pause that was too long, is that work's failure.
   */
  static RuntimeException afterWork(SQLException e) {
    String state = state(e);
    boolean byWork =
        state.equals(PAUSED_TOO_LONG) || BY_WORK.stream().anyMatch(each -> state.startsWith(each));
    return byWork
        ? new IllegalStateException(
            "PostgreSQL: what a handler's work has left behind fails with "
                + state
                + ", so that nothing of it was stored",
            withoutDetails(e))
        : of(e);
  }

  /** Whether nobody can say anything more on this connection, for no fault of a statement's. */
  static boolean isConnectionLost(SQLException e) {
    return state(e).startsWith("08") || state(e).startsWith("57P");
  }

  /** The same failure, without what the server quotes. */
  static Exception withoutDetails(Exception e) {
    ServerErrorMessage said = said(e);
    if (said == null) {
      return e;
    }
    Exception plain = new SQLException(said.getMessage(), said.getSQLState());
    plain.setStackTrace(e.getStackTrace());
    return plain;
  }

  /** Something that the server itself does not notice. */
  static SQLException damaged(String what, @Nullable Exception cause) {
    return new SQLException(what, CORRUPT, cause);
  }

  static Reason reason(SQLException e) {
    String state = state(e);
    if (DAMAGE.contains(state)) {
      return Reason.CORRUPT;
    } else if (FULL.contains(state)) {
      return Reason.FULL;
    } else if (BUSY.contains(state)) {
      return Reason.BUSY;
    } else if (SCHEMA.contains(state)) {
      return Reason.SCHEMA;
    }
    return Reason.UNAVAILABLE;
  }

  /** Whether the server has taken the transaction back, for a reason that is over by now. */
  static boolean mayBeRunAgain(SQLException e) {
    return AGAIN.contains(state(e));
  }

  /** Whether a row could not be made, because somebody else has made it meanwhile. */
  static boolean isConflict(SQLException e) {
    ServerErrorMessage said = said(e);
    return said != null && state(e).equals("23505") && isMadeByNodes(said.getTable());
  }

  /** Whether two nodes may want to make the same row there. The server need not say where. */
  private static boolean isMadeByNodes(@Nullable String table) {
    return "keys".equals(table) || "message_ids".equals(table);
  }

  /** Whether nothing but the transaction has come to harm: its connection goes on. */
  static boolean leavesConnection(SQLException e) {
    return BUSY.contains(state(e)) || ABORTED.equals(state(e)) || isConflict(e);
  }

  /**
   * Whether a transaction that failed so while it was committed was certainly taken back: by what
   * the server itself says of one of its statements, or of the commit.
   */
  static boolean isTakenBack(SQLException e) {
    String state = state(e);
    return said(e) != null
        && !state.equals("40003")
        && (BUSY.contains(state)
            || DAMAGE.contains(state)
            || ABORTED.equals(state)
            || TAKEN_BACK.stream().anyMatch(state::startsWith));
  }

  private static @Nullable ServerErrorMessage said(Exception e) {
    return e instanceof PSQLException own ? own.getServerErrorMessage() : null;
  }

  private static String state(SQLException e) {
    return e.getSQLState() == null ? "" : e.getSQLState();
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case BUSY ->
          "somebody else holds a row for longer than the timeout; nothing was stored. Find out who,"
              + " in pg_locks, or try again later";
      case FULL -> "no space is left; nothing was stored. Free space; then it works again";
      case CORRUPT -> "the data are damaged; they were left as they are. Restore a backup";
      case SCHEMA ->
          "a table of the store is gone or is another one; nothing was stored. See that nothing"
              + " else uses the schema, and open the store anew";
      case UNAVAILABLE, READ_ONLY, IN_USE, OUTCOME_UNKNOWN, CLOSED ->
          "the database cannot be used now; nothing was stored. The cause says why, and the store"
              + " connects again by itself";
    };
  }
}
