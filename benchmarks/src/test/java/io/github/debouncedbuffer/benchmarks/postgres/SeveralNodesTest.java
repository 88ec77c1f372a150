// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BufferStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What is measured with several nodes runs, for a moment each; the figures mean nothing here. */
class SeveralNodesTest {

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  @TempDir Path folder;
  private Postgres.Database database;

  @BeforeEach
  void create() throws Exception {
    database = Postgres.newDatabase(folder);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  /** Eight who wait can share a commit, but no more; who does not wait fills it. */
  @Test
  void acceptance_isMeasuredBesideRawInsertsOfTheSameSize() throws Exception {
    Map<String, Double> waiting =
        Acceptance.besideRaw(folder, 2, Acceptance.waiting(8, NANOS), NANOS);
    Map<String, Double> asynchronous =
        Acceptance.besideRaw(folder, 2, Acceptance.asynchronous(NANOS), NANOS);
    assertThat(waiting.values()).allSatisfy(value -> assertThat(value).isPositive());
    assertThat(waiting.get("a commit")).isLessThanOrEqualTo(8);
    assertThat(asynchronous.get("a commit")).isBetween(8.0, 1_000.0);
  }

  @Test
  void aStatementMore_isInEachTransaction() throws SQLException {
    try (Connection connection = database.unpooled().getConnection();
        Statement statement = connection.createStatement();
        BufferStore store =
            new TalkativeStore(Nodes.store(database), "SELECT nextval('public.asked')")) {
      statement.execute("CREATE SEQUENCE asked");
      for (int i = 0; i < 3; i++) {
        store.transact(any -> true);
      }
      try (ResultSet asked = statement.executeQuery("SELECT last_value FROM asked")) {
        asked.next();
        assertThat(asked.getLong(1)).isEqualTo(3);
      }
    }
  }

  /** Never before it is due, and at the latest when the node looks by itself. */
  @Test
  void anotherNode_isWokenUp() throws Exception {
    Map<String, Double> told =
        new WakeUps(Duration.ofMillis(20), Duration.ZERO)
            .measure(Nodes.store(database), Nodes.store(database), 5);
    assertThat(told.values()).allSatisfy(late -> assertThat(late).isBetween(0.0, 60_000.0));
  }

  /** It does not even let the store begin to listen. */
  @Test
  void aDeafStore_isToldNothing() {
    try (Asked asked = new Asked(Nodes.store(database))) {
      new DeafStore(asked).listen(dueAt -> {});
      assertThat(asked.toListen).isFalse();
    }
  }

  private static final class Asked extends WrappedStore {
    private boolean toListen;

    Asked(BufferStore store) {
      super(store);
    }

    @Override
    public void listen(Consumer<Instant> sooner) {
      toListen = true;
    }
  }

  /** More in a group costs no more of them. */
  @Test
  void roundTrips_areCounted() throws Exception {
    Map<String, Double> alone = RoundTrips.measure(database, 1);
    assertThat(alone.keySet()).containsExactly("submit", "claim", "complete");
    assertThat(alone.values()).allSatisfy(trips -> assertThat(trips).isGreaterThan(1));
    assertThat(RoundTrips.measure(database, 20)).isEqualTo(alone);
  }

  /** However much is written or read in one. */
  @Test
  void aTurn_isOneQuestionAndItsAnswer() throws SQLException {
    PGSimpleDataSource source = database.unpooled();
    source.setSocketFactory(Turns.class.getName());
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      long before = Turns.taken();
      statement.executeQuery("SELECT repeat('x', 100000)").close();
      assertThat(Turns.taken() - before).isEqualTo(1);
      connection.setAutoCommit(false);
      statement.executeQuery("SELECT '" + "x".repeat(100_000) + "'").close();
      connection.commit();
      assertThat(Turns.taken() - before).isEqualTo(3);
    }
  }
}
