// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Columns of a file that somebody has altered with SQL. */
class RowFuzzProperties {

  private static final byte[] FILE = ChatFile.bytes();
  private static final Set<Reason> OF_A_BAD_FILE =
      EnumSet.of(Reason.CORRUPT, Reason.SCHEMA, Reason.UNAVAILABLE);

  private static final List<String> COLUMNS =
      List.of(
          "keys.key",
          "keys.state",
          "keys.started_at",
          "keys.last_arrival_at",
          "keys.due_at",
          "keys.extended_until",
          "keys.policy_quiet",
          "keys.policy_min_wait",
          "keys.policy_max_wait",
          "keys.policy_max_batch",
          "keys.policy_follow_up",
          "keys.window_messages",
          "keys.window_opened_at",
          "keys.window_counts_from",
          "keys.window_due_now",
          "keys.batch_id",
          "keys.batch_token",
          "keys.batch_attempt",
          "keys.batch_messages",
          "keys.batch_through_sequence",
          "keys.batch_opened_at",
          "keys.batch_since",
          "keys.batch_recovered",
          "messages.key",
          "messages.message_id",
          "messages.arrived_at",
          "messages.checksum",
          "messages.payload",
          "message_ids.message_id",
          "message_ids.sequence",
          "message_ids.forget_at",
          "dead_letters.id",
          "dead_letters.reason",
          "dead_letters.attempts",
          "dead_letters.started_at",
          "dead_letters.died_at",
          "dead_messages.letter_id",
          "dead_messages.message_id",
          "dead_messages.payload");

  private static final AtomicInteger altered = new AtomicInteger();
  private static final AtomicInteger refused = new AtomicInteger();
  private static final AtomicInteger workedOn = new AtomicInteger();

  /** In all rows of one key. */
  record Change(String column, String key, Object value) {}

  @Provide
  Arbitrary<Change> changes() {
    Arbitrary<Object> numbers =
        Arbitraries.longs()
            .edgeCases(e -> e.add(0L, -1L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 31))
            .map(n -> n);
    Arbitrary<Object> texts =
        Arbitraries.of(
            "", "nonsense", "RUNNING", "WAITING", "BACKING_OFF", "FROM_NEWER", "\0", "é\n\u001b");
    Arbitrary<Object> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(b -> b);
    Arbitrary<Object> nulls = Arbitraries.just(Null.NULL);
    return Combinators.combine(
            Arbitraries.of(COLUMNS),
            Arbitraries.of(ChatFile.VICTIMS),
            Arbitraries.oneOf(numbers, texts, bytes, nulls))
        .as(Change::new);
  }

  private enum Null {
    NULL
  }

  /** Returns whether SQLite let it happen, to any row. */
  private static boolean make(Change change, Path file) {
    String table = change.column().substring(0, change.column().indexOf('.'));
    String column = change.column().substring(table.length() + 1);
    try (Connection connection = ChatFile.connect(file);
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE " + table + " SET " + column + " = ? WHERE key = ?")) {
      update.setObject(1, change.value() == Null.NULL ? null : change.value());
      update.setString(2, change.key());
      return update.executeUpdate() > 0;
    } catch (SQLException refusedBySqlite) {
      return false;
    }
  }

  @Property
  void faults27_alteredColumns_areFoundOrHarmless_andNothingOfOthersIsLost(
      @ForAll("changes") Change first, @ForAll("changes") Change second) throws Exception {
    Path file = fresh();
    boolean any = make(first, file);
    any |= make(second, file);
    if (!any) {
      return;
    }
    Afterlife after = new Afterlife(file).live();
    altered.incrementAndGet();
    refused.addAndGet(after.isRefused() ? 1 : 0);
    workedOn.addAndGet(after.worksOn() ? 1 : 0);
    assertThat(!after.isRefused() || OF_A_BAD_FILE.contains(after.refusal())).isTrue();
    after.losesNothingOfOthers();
  }

  private static Path fresh() throws IOException {
    return Files.write(Files.createTempDirectory("rows").resolve("chat.db"), FILE);
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
