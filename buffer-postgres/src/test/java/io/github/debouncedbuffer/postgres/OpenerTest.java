// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How a schema is made and found. */
class OpenerTest {

  private final PostgresOptions options = Server.newSchema();

  private PostgresBufferStore open(PostgresOptions how) {
    return PostgresBufferStore.open(Server.source(), how);
  }

  private static void assertSchema(ThrowingCallable opening, String says) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SCHEMA))
        .hasMessageContaining(says);
  }

  private String tables() {
    return Server.value(
        "SELECT count(*) FROM pg_tables WHERE schemaname = '" + options.schema() + "'");
  }

  @Test
  void manyNodesThatStartAtOnce_findOneStore() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Callable<String> node =
          () -> {
            try (PostgresBufferStore store = open(options)) {
              return store.storeId();
            }
          };
      List<Future<String>> ids = threads.invokeAll(List.of(node, node, node, node, node));
      String first = ids.get(0).get();
      for (Future<String> id : ids) {
        assertThat(id.get()).isEqualTo(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void schemaOfSomethingElse_isRefused_andLeftAsItIs() {
    Server.run("CREATE SCHEMA " + options.schema());
    Server.run("CREATE TABLE " + options.schema() + ".keys (id integer)");
    assertSchema(() -> open(options).close(), "holds something else");
    assertThat(tables()).isEqualTo("1");
  }

  @Test
  void emptySchema_isFilled() {
    Server.run("CREATE SCHEMA " + options.schema());
    open(options).close();
    assertThat(tables()).isEqualTo("7");
  }

  @Test
  void newerVersion_isRefused() {
    open(options).close();
    Server.run("UPDATE " + options.schema() + ".store SET version = 2");
    assertSchema(() -> open(options).close(), "version 2");
  }

  @Test
  void schemaThatIsNotToBeMade_isNotMade_andTheSqlIsSaid() {
    PostgresOptions byHand = options.withCreateSchema(false).withStoreId("by-hand");
    assertSchema(() -> open(byHand).close(), byHand.ddl());
    assertThat(tables()).isEqualTo("0");
    Server.run(byHand.ddl());
    try (PostgresBufferStore store = open(byHand)) {
      assertThat(store.storeId()).isEqualTo("by-hand");
    }
  }

  /** A table that is gone is not made anew: nobody would know that its rows are lost. */
  @Test
  void schemaWithATableMissing_isRefused() {
    open(options).close();
    Server.run("DROP TABLE " + options.schema() + ".messages");
    assertSchema(() -> open(options).close(), "holds something else");
  }

  @Test
  void aStoreThatIsReplacedWhileItIsOpen_isNoticedByTheNextConnection() {
    try (PostgresBufferStore store =
        PostgresBufferStore.open(Server.source(options.schema()), options)) {
      Server.run("UPDATE " + options.schema() + ".store SET store_id = 'another'");
      assertThat(store.<Integer>transact(tx -> 1)).isEqualTo(1);
      Server.cut(options.schema());
      assertUnavailable(store); // the connection that was cut
      assertUnavailable(store); // the next one leads to another store
    }
  }

  private static void assertUnavailable(PostgresBufferStore store) {
    assertThatThrownBy(() -> store.transact(tx -> tx.nextDue(true)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  /** Rows of nodes that are gone become one, and the count stays. */
  @Test
  void rowsOfNodes_becomeOne_whenTheyCloseOrAreGoneForADay() {
    String nodes = "SELECT count(*) FROM " + options.schema() + ".nodes";
    try (PostgresBufferStore first = open(options)) {
      first.transact(tx -> tx.append(List.of(TwoNodes.message(TwoNodes.KEY, "1"))));
      assertThat(Server.value(nodes)).isEqualTo("1");
      Server.run(
          "INSERT INTO "
              + options.schema()
              + ".nodes VALUES (gen_random_uuid(), 0, 1, 5, now() - interval '25 hours')");
      try (PostgresBufferStore second = open(options)) {
        assertThat(second.<Long>transact(tx -> tx.pendingMessages())).isEqualTo(6);
        assertThat(Server.value(nodes)).isEqualTo("2");
      }
    }
    assertThat(Server.value(nodes)).isEqualTo("1");
  }
}
