// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.postgres.faults.TcpProxy.Mode;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit is on its way when something happens. What can be found out is found out. */
class CommitFaultsTest extends Faulty {

  @Test
  void G1_faults36_theAnswerToACommitIsLost_itIsStored_andThatIsFoundOut() {
    commits.beforeNext(() -> loseTheAnswer(() -> server.countMessages() > 0));
    append("stored");
    assertThat(commits.happened()).isTrue();
    assertThat(stored()).containsExactly("stored");
  }

  @Test
  void G1_faults36_theCommitItselfIsLost_itIsNotStored_andThatIsFoundOut() {
    commits.beforeNext(proxy::cut);
    fails(Reason.UNAVAILABLE, () -> append("lost"));
    assertThat(stored()).isEmpty();
  }

  @Test
  void G1_faults36_aBlackHole_isAnUnknownOutcome_withinTheSocketTimeout() {
    commits.beforeNext(() -> proxy.mode(Mode.BLACK_HOLE));
    fails(Reason.OUTCOME_UNKNOWN, () -> append("unknown"));
    proxy.mode(Mode.PASS);
    proxy.cut();
    append("after");
    assertThat(stored()).containsExactly("after");
  }

  @Test
  void G1_faults36_noAnswers_isAnUnknownOutcome_thoughItIsStored() {
    commits.beforeNext(() -> proxy.mode(Mode.NO_ANSWERS));
    fails(Reason.OUTCOME_UNKNOWN, () -> append("stored"));
    proxy.mode(Mode.PASS);
    proxy.cut();
    append("after");
    assertThat(stored()).containsExactly("stored", "after");
  }

  /** What is sent with a commit takes its time, and goes on without a client. */
  @Test
  void G1_faults36_theWayBreaks_whileTheServerIsStillBusy_itsEndIsWaitedFor() throws SQLException {
    server.execute(
        """
        CREATE FUNCTION take_a_second() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_sleep(1);
          RETURN NEW;
        END $$
        """);
    server.execute(
        "CREATE TRIGGER slow BEFORE INSERT ON debounced_buffer.messages"
            + " FOR EACH ROW EXECUTE FUNCTION take_a_second()");
    String busy = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    commits.beforeNext(() -> loseTheAnswer(() -> server.texts(busy).equals(List.of("1"))));
    append("stored");
    assertThat(stored()).containsExactly("stored");
  }

  /** Numbers that were stored are not given again. */
  @Test
  void G1_G10_anythingThrown_whileTheAnswerIsRead_doesNotHideThatItIsStored() {
    for (String text : List.of("first", "second")) {
      commits.whileReadingNext(
          () -> {
            throw new StackOverflowError("planned");
          });
      append(text);
    }
    append("third");
    assertThat(stored()).containsExactly("first", "second", "third");
  }

  /** A failover in the middle of a commit, whose data source leads to one that lags behind. */
  @Test
  void G1_faults36_aStandby_isNotAskedWhatBecameOfACommit(@TempDir Path data) throws Exception {
    append("before");
    try (Server standby = server.copyInRecovery(data.resolve("standby"))) {
      eventually(() -> assertThat(stored()).containsExactly("before")); // connected anew
      commits.beforeNext(
          () -> {
            proxy.leadTo(standby.port());
            proxy.cut();
          });
      fails(Reason.OUTCOME_UNKNOWN, () -> append("unknown"));
    }
    proxy.leadTo(server.port());
    proxy.cut();
    append("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults36_aBlackHoleBeforeTheCommit_isKnownToStoreNothing() {
    append("before");
    proxy.mode(Mode.BLACK_HOLE);
    fails(Reason.UNAVAILABLE, () -> append("lost"));
    proxy.mode(Mode.PASS);
    proxy.cut();
    assertThat(stored()).containsExactly("before");
  }

  @Test
  void faults37_aDeadlock_isTriedAgainInside() throws Exception {
    waiting(KEY, OTHER);
    var bothLocked = new CountDownLatch(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> both =
          List.of(
              threads.submit(() -> lockTwo(KEY, OTHER, bothLocked)),
              threads.submit(() -> lockTwo(OTHER, KEY, bothLocked)));
      int runs = both.get(0).get() + both.get(1).get();
      assertThat(runs).as("one of them had to be run again").isGreaterThan(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void faults37_aSerializationFailure_isTriedAgainInside() throws SQLException {
    server.execute("CREATE SEQUENCE debounced_buffer_failures");
    server.execute(
        """
        CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('debounced_buffer_failures') <= 2 THEN
            RAISE EXCEPTION 'planned' USING ERRCODE = '40001';
          END IF;
          RETURN NEW;
        END $$
        """);
    server.execute(
        "CREATE TRIGGER fails BEFORE INSERT ON debounced_buffer.messages"
            + " FOR EACH ROW EXECUTE FUNCTION fail_twice()");
    append("stored");
    assertThat(stored()).containsExactly("stored");
    assertThat(server.texts("SELECT last_value FROM debounced_buffer_failures"))
        .containsExactly("3");
  }

  /** Locks one key, waits for the other to have done so, too, and locks the second. */
  private int lockTwo(String first, String second, CountDownLatch bothLocked) {
    int[] runs = {0};
    store.transact(
        transaction -> {
          runs[0]++;
          transaction.lock(List.of(first));
          bothLocked.countDown();
          await(bothLocked);
          return transaction.lock(List.of(second));
        });
    return runs[0];
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void faults38_aStatementThatFailed_rollsBack_whateverTheWorkDoesThen() {
    fails(
        Reason.UNAVAILABLE,
        () ->
            store.transact(
                transaction -> {
                  transaction.append(List.of(message("lost")));
                  proxy.cut();
                  try {
                    return transaction.lock(List.of(KEY));
                  } catch (RuntimeException swallowed) {
                    return Map.of();
                  }
                }));
    append("after");
    assertThat(stored()).containsExactly("after");
  }

  @Test
  void faults38_aHandlersStatementThatFailed_andWasSwallowed_rollsBackToo() {
    assertThatThrownBy(
            () ->
                store.transact(
                    transaction -> {
                      transaction.append(List.of(message("lost")));
                      try (Statement own = transaction.unwrap(Connection.class).createStatement()) {
                        return own.execute("SELECT 1 / 0");
                      } catch (SQLException swallowed) {
                        return false;
                      }
                    }))
        .isInstanceOf(RuntimeException.class);
    append("after");
    assertThat(stored()).containsExactly("after");
  }
}
