// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire together. */
class StatementsTest {

  private static final String WRITE = "CREATE TEMPORARY TABLE written (id integer PRIMARY KEY)";
  private static final String INSERT = "INSERT INTO written (id) VALUES (?)";
  private static final String READ = "SELECT count(*) FROM written";

  private final List<String> sent = new ArrayList<>();
  private Connection real;
  private Statements statements;

  @BeforeEach
  void open() throws SQLException {
    real = Server.source().getConnection();
    real.setAutoCommit(false);
    Connection watched =
        Proxies.proxy(
            Connection.class,
            (self, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                sent.add((String) arguments[0]);
              } else if (method.getName().equals("commit")) {
                sent.add("commit()");
              }
              return Proxies.call(real, method, arguments);
            });
    statements = new Statements(watched, "none", List.of("SELECT 'settings'"));
  }

  @AfterEach
  void close() throws SQLException {
    real.close();
  }

  @Test
  void whatOnlyWrites_goesWithTheNextQuery_andWithTheCommit() throws SQLException {
    statements.later(WRITE, p -> {});
    assertThat(sent).isEmpty();
    assertThat(statements.single(READ, p -> {}, Cursor::count)).isZero();
    statements.later(INSERT, p -> p.number(1));
    statements.later(INSERT, p -> p.number(2));
    statements.commit();
    assertThat(sent)
        .containsExactly(
            String.join(";", "SELECT 'settings'", WRITE, READ),
            String.join(";", INSERT, INSERT, "COMMIT"));
    real.rollback();
    assertThat(statements.single(READ, p -> {}, Cursor::count)).isEqualTo(2);
  }

  /** Whoever asks what became of a commit waits for that lock. */
  @Test
  void theLock_isTakenFirst_andAnsweredBeforeACommitIsSent() throws SQLException {
    statements.holding(7);
    statements.later(WRITE, p -> {});
    statements.commit();
    statements.single(READ, p -> {}, Cursor::count);
    assertThat(sent)
        .containsExactly(
            String.join(";", "SELECT 'settings'", "SELECT pg_advisory_xact_lock(?)", WRITE),
            "commit()",
            String.join(";", "SELECT 'settings'", READ));
  }

  @Test
  void aWriteThatFails_keepsTheServerFromTheCommit_andALaterTransactionHasNothingOfIt()
      throws SQLException {
    statements.update(WRITE, p -> {});
    statements.commit();
    statements.single(READ, p -> {}, Cursor::count);
    statements.later(INSERT, p -> p.number(1));
    statements.later(INSERT, p -> p.number(1));
    assertThatThrownBy(statements::commit)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    statements.rollback();
    statements.later(INSERT, p -> p.number(2));
    statements.rollback();
    assertThat(statements.single(READ, p -> {}, Cursor::count)).isZero();
  }
}
