// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S16: a handler's own statements, in the transaction of the store. */
class HandedConnectionTest {

  private final PostgresOptions options = Server.newSchema();
  private final String table = options.schema() + ".replies";
  private final String insert = "INSERT INTO " + table + " VALUES (1)";
  private PostgresBufferStore store;

  @BeforeEach
  void open() {
    store = PostgresBufferStore.open(Server.source(), options);
    Server.run("CREATE TABLE " + table + " (id integer PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** What a handler does with a connection. */
  private interface Work {
    void with(Connection connection) throws SQLException;
  }

  private boolean append(Work work) {
    return store.transact(
        tx -> {
          try {
            work.with(tx.unwrap(Connection.class));
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
          tx.append(List.of(TwoNodes.message(TwoNodes.KEY, "1")));
          return true;
        });
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertStored(int replies, long messages) {
    assertThat(Server.value("SELECT count(*) FROM " + table)).isEqualTo("" + replies);
    assertThat(store.<Long>transact(StoreTransaction::pendingMessages)).isEqualTo(messages);
  }

  @Test
  void S16_whatItDoes_isCommittedWithTheRest() {
    assertThat(store.offers(Connection.class)).isTrue();
    append(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(insert)) {
            assertThat(statement.executeUpdate()).isEqualTo(1);
          }
        });
    assertStored(1, 1);
  }

  @Test
  void S16_whatItDoes_isTakenBackWithTheRest() {
    assertThatThrownBy(
            () ->
                append(
                    connection -> {
                      execute(connection, insert);
                      throw new SQLException("on purpose");
                    }))
        .hasMessageContaining("on purpose");
    assertStored(0, 0);
  }

  /** The server would answer the commit with a rollback, and the driver with nothing. */
  @Test
  void S16_aStatementThatFailed_failsTheTransaction_thoughNobodyLetsOn() {
    assertThatThrownBy(
            () ->
                append(
                    connection -> {
                      execute(connection, insert);
                      assertThatThrownBy(() -> execute(connection, insert))
                          .isInstanceOf(SQLException.class);
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a handler's");
    assertStored(0, 0);
    append(connection -> execute(connection, insert));
    assertStored(1, 1);
  }

  @Test
  void S16_aStatementThatFailed_afterAll_failsTheTransactionToo() {
    assertThatThrownBy(
            () ->
                store.transact(
                    tx -> {
                      Connection connection = tx.unwrap(Connection.class);
                      assertThatThrownBy(() -> execute(connection, "SELECT 1/0"))
                          .isInstanceOf(SQLException.class);
                      return 1;
                    }))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void S16_savepoints_mayBeUsed() {
    append(
        connection -> {
          Savepoint savepoint = connection.setSavepoint();
          execute(connection, insert);
          connection.rollback(savepoint);
        });
    assertStored(0, 1);
  }

  @Test
  void S16_itCannotEndTheTransaction_norChangeTheConnection() {
    append(
        connection -> {
          List<Work> refused =
              List.of(
                  Connection::commit,
                  Connection::rollback,
                  c -> c.setAutoCommit(true),
                  c -> c.setReadOnly(true),
                  c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                  c -> c.abort(Runnable::run),
                  c -> c.unwrap(Connection.class),
                  c -> c.createStatement().getConnection().commit(),
                  c -> c.createStatement().unwrap(Statement.class));
          for (Work each : refused) {
            assertThatThrownBy(() -> each.with(connection)).isInstanceOf(SQLException.class);
          }
          connection.close();
          execute(connection, insert);
        });
    assertStored(1, 1);
  }

  /** What it did before stands: that cannot be helped, but it is said. */
  @Test
  void S16_aStatementThatEndsTheTransaction_isNoticed() {
    for (String end : List.of("COMMIT", "ROLLBACK")) {
      assertThatThrownBy(() -> append(connection -> execute(connection, end)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("has ended this transaction");
    }
    assertStored(0, 0);
  }

  @Test
  void S16_itIsOfNoUseAfterwards() throws SQLException {
    AtomicReference<Connection> kept = new AtomicReference<>();
    AtomicReference<Statement> keptStatement = new AtomicReference<>();
    append(
        connection -> {
          kept.set(connection);
          keptStatement.set(connection.createStatement());
        });
    assertThat(kept.get().isClosed()).isTrue();
    assertThatThrownBy(() -> kept.get().createStatement()).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> keptStatement.get().execute("SELECT 1"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void S16_whatTheStoreDoesNotOffer_isRefused() {
    assertThat(store.offers(Statement.class)).isFalse();
    assertThatThrownBy(() -> store.transact(tx -> tx.unwrap(Statement.class)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTransactionWithinATransaction_isRefused() {
    assertThatThrownBy(() -> store.transact(tx -> store.transact(inner -> 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                store.transact(
                    tx -> {
                      store.close();
                      return 1;
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
