// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.postgres.Statements.Parameters;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.NewMessage;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No statement of the flow reads a whole table of keys, messages or ids, when there are many and
 * few are concerned.
 */
class PlansTest {

  private static final int MANY = 20_000;
  private static final List<String> FEW = List.of("k1", "k2", "k3");

  private final PostgresOptions options = Server.newSchema();

  @Test
  void eachStatementOfTheFlow_goesByAnIndex() throws SQLException {
    try (PostgresBufferStore store = PostgresBufferStore.open(Server.source(), options)) {
      List<Integer> all = IntStream.range(0, MANY).boxed().toList();
      List<NewMessage> messages = all.stream().map(i -> TwoNodes.message("k" + i, "1")).toList();
      List<KeyRow> rows =
          all.stream().map(i -> TwoNodes.waiting("k" + i, 1, TwoNodes.at(i))).toList();
      TwoNodes.change(store, tx -> tx.append(messages));
      TwoNodes.change(store, tx -> tx.save(rows));
    }
    for (String table : List.of("keys", "messages", "message_ids")) {
      Server.run("ANALYZE " + options.schema() + "." + table);
    }
    try (Session session = Session.connect(Server.source(), options, 0)) {
      Statements statements = session.statements();
      List<KeyRow> few = FEW.stream().map(k -> TwoNodes.waiting(k, 2, TwoNodes.at(9))).toList();
      List<MessageId> ids = FEW.stream().map(key -> new MessageId(key, "1")).toList();
      Parameters range =
          p -> p.texts(FEW).numbers(FEW, key -> 0L).numbers(FEW, key -> Long.MAX_VALUE).number(9);
      goesByIndex(statements, Sql.LOCK_KEYS, p -> p.texts(FEW));
      goesByIndex(statements, Sql.LOCK_DUE, p -> p.time(TwoNodes.at(9)).flag(true).number(10));
      goesByIndex(
          statements,
          Sql.LOCK_FOR_RECOVERY,
          p -> p.time(TwoNodes.at(9)).time(TwoNodes.at(9)).number(500));
      goesByIndex(statements, Sql.NEXT_DUE, p -> p.flag(false));
      goesByIndex(
          statements, Sql.KNOWN_IDS, p -> p.texts(ids, MessageId::key).texts(ids, MessageId::id));
      goesByIndex(
          statements,
          Sql.FORGET_THESE,
          p -> p.texts(ids, MessageId::key).texts(ids, MessageId::id).number(0));
      goesByIndex(statements, Sql.LOOK, p -> {});
      goesByIndex(statements, Sql.UPDATE_KEYS, p -> KeyColumns.ALL.into(p, few));
      goesByIndex(statements, Sql.COUNT_IN_KEYS, p -> KeyColumns.COUNT.into(p, few));
      goesByIndex(
          statements,
          Sql.READ_MESSAGES,
          p ->
              p.texts(FEW)
                  .numbers(FEW, key -> 0L)
                  .numbers(FEW, key -> Long.MAX_VALUE)
                  .numbers(FEW, key -> 9L));
      goesByIndex(
          statements,
          Sql.DELETE_MESSAGES,
          p -> {
            range.into(p);
            p.uuid(new UUID(0, 1)).number(0);
          });
      goesByIndex(statements, Sql.REMOVE_KEYS, p -> p.texts(FEW));
      goesByIndex(statements, Sql.FORGET_IDS, p -> p.number(9).number(100));
      session.rollback();
    }
  }

  private static void goesByIndex(Statements statements, String sql, Parameters parameters)
      throws SQLException {
    List<String> plan = statements.query("EXPLAIN " + sql, parameters, Cursor::text);
    assertThat(plan).as(sql).noneMatch(line -> line.matches(".*Seq Scan on (keys|message).*"));
  }
}
