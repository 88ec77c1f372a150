// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static io.github.debouncedbuffer.fuzz.ChatFile.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Columns of a file that somebody has altered with SQL. */
class RowFuzzProperties {

  private static final byte[] FILE = ChatFile.bytes();
  private static final Set<Reason> OF_A_BAD_FILE =
      EnumSet.of(Reason.CORRUPT, Reason.SCHEMA, Reason.UNAVAILABLE);

  private static final List<String> NUMBERS =
      columns(
          "keys",
          "id counted_through started_at last_arrival_at due_at extended_until policy_quiet policy_min_wait"
              + " policy_max_wait policy_max_batch window_messages window_opened_at"
              + " window_counts_from window_due_now batch_id batch_token batch_attempt"
              + " batch_messages batch_through_sequence batch_opened_at batch_since"
              + " batch_recovered",
          "messages",
          "sequence arrived_at checksum",
          "message_ids",
          "sequence forget_at",
          "dead_letters",
          "id attempts started_at died_at",
          "dead_messages",
          "letter_id arrived_at checksum");

  private static final List<String> TEXTS =
      columns(
          "keys", "key state policy_follow_up",
          "messages", "key message_id",
          "message_ids", "key message_id",
          "dead_letters", "key reason error",
          "dead_messages", "message_id");

  private static final List<String> BYTES =
      columns("messages", "payload", "dead_messages", "payload");

  /** Tables and their columns in turn. */
  private static List<String> columns(String... names) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < names.length; i += 2) {
      for (String column : names[i + 1].split(" ", -1)) {
        columns.add(names[i] + "." + column);
      }
    }
    return columns;
  }

  private static final AtomicInteger altered = new AtomicInteger();
  private static final AtomicInteger refused = new AtomicInteger();
  private static final AtomicInteger workedOn = new AtomicInteger();

  /** In all rows that one of the victims has in the column's table. */
  record Change(String column, int victim, Object value) {}

  private enum Null {
    NULL
  }

  @Provide
  Arbitrary<Change> changes() {
    Arbitrary<Object> numbers =
        Arbitraries.oneOf(
            Arbitraries.of(0L, -1L, 1L, 2L, 1L << 31, Long.MIN_VALUE, Long.MAX_VALUE),
            Arbitraries.longs());
    Arbitrary<Object> texts =
        Arbitraries.of(
            "", "nonsense", "RUNNING", "WAITING", "BACKING_OFF", "FROM_NEWER", "\0", "\n\u001b");
    Arbitrary<Object> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(b -> b);
    Arbitrary<Change> nulls = change(concat(NUMBERS, TEXTS), Arbitraries.just(Null.NULL));
    return Arbitraries.frequencyOf(
        Tuple.of(6, change(NUMBERS, numbers)),
        Tuple.of(2, change(TEXTS, texts)),
        Tuple.of(1, change(BYTES, bytes)),
        Tuple.of(1, nulls));
  }

  private static List<String> concat(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static Arbitrary<Change> change(List<String> columns, Arbitrary<?> values) {
    return Combinators.combine(
            Arbitraries.of(columns), Arbitraries.integers().between(0, 11), values)
        .as(Change::new);
  }

  /** Returns whether SQLite let it happen. */
  private static boolean make(Change change, Path file) {
    String table = change.column().substring(0, change.column().indexOf('.'));
    String column = change.column().substring(table.length() + 1);
    String victims = "SELECT DISTINCT key FROM " + table + " WHERE key < '" + OTHERS.get(0) + "'";
    try (Connection connection = ChatFile.connect(file);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE %s SET %s = ? WHERE key = (%s ORDER BY key LIMIT 1 OFFSET ? %% (SELECT count(*) FROM (%s)))"
                    .formatted(table, column, victims, victims))) {
      update.setObject(1, change.value() == Null.NULL ? null : change.value());
      update.setInt(2, change.victim());
      return update.executeUpdate() > 0;
    } catch (SQLException refusedBySqlite) {
      return false;
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void faults27_alteredColumns_areFoundOrHarmless_andNothingOfOthersIsLost(
      @ForAll("changes") Change first, @ForAll("changes") Change second) throws Exception {
    try (Fresh fresh = Fresh.folder()) {
      Path file = fresh.with(FILE);
      boolean any = make(first, file);
      if (any | make(second, file)) {
        lives(file);
      }
    }
  }

  private static void lives(Path file) throws SQLException {
    Afterlife after = new Afterlife(file).live();
    altered.incrementAndGet();
    refused.addAndGet(after.isRefused() ? 1 : 0);
    workedOn.addAndGet(after.worksOn() ? 1 : 0);
    assertThat(!after.isRefused() || OF_A_BAD_FILE.contains(after.refusal())).isTrue();
    after.losesNothingOfOthers();
  }

  @AfterContainer
  static void writeCounts() {
    Proof.write(
        "70-fuzz-rows",
        "fuzzing: %,d altered files; %,d did not open, %,d worked on, the others closed the buffer",
        altered.get(),
        refused.get(),
        workedOn.get());
    assertThat(altered.get()).isPositive();
  }
}
