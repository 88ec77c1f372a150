// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryBufferStoreTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
  private static final PolicyRow POLICY =
      new PolicyRow(true, Duration.ofSeconds(5), Duration.ofSeconds(35), 50, "FROM_ARRIVAL");

  private final InMemoryBufferStore store = new InMemoryBufferStore("test");

  // ---- rows and messages

  private static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  private static KeyRow waiting(String key, long dueAt) {
    return waiting(key, dueAt, 0);
  }

  private static KeyRow waiting(String key, long dueAt, long countsFrom) {
    var window = new WindowRow(1, at(0), at(countsFrom), false);
    return new KeyRow(key, KeyState.WAITING, at(0), at(0), at(dueAt), null, POLICY, window, null);
  }

  private static KeyRow running(String key) {
    return new KeyRow(
        key, KeyState.RUNNING, at(0), at(0), null, null, POLICY, null, batch(0, false));
  }

  private static KeyRow backingOff(String key, long dueAt, long since, boolean recovered) {
    return new KeyRow(
        key,
        KeyState.BACKING_OFF,
        at(0),
        at(0),
        at(dueAt),
        null,
        POLICY,
        null,
        batch(since, recovered));
  }

  private static BatchRow batch(long since, boolean recovered) {
    return new BatchRow(1, 2, 1, 1, 1, at(0), at(since), recovered);
  }

  private static NewMessage message(String key, String text) {
    return new NewMessage(key, null, at(0), bytes(text));
  }

  private static NewMessage withId(String key, String id) {
    return new NewMessage(key, id, at(0), bytes(id));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static DeadLetterRow letter(long id, String key) {
    return new DeadLetterRow(id, key, "failed", "boom", 3, at(0), at(9));
  }

  private static MessageRange all(String key) {
    return MessageRange.after(key, 0);
  }

  // ---- short forms

  private void change(Consumer<StoreTransaction> work) {
    store.transact(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  private void changeAndFail(Consumer<StoreTransaction> work) {
    var stop = new IllegalArgumentException("stop");
    assertThatThrownBy(
            () ->
                change(
                    tx -> {
                      work.accept(tx);
                      throw stop;
                    }))
        .isSameAs(stop);
  }

  private void append(NewMessage... messages) {
    change(tx -> tx.append(List.of(messages)));
  }

  private List<String> texts(MessageRange range) {
    return store.transact(tx -> texts(tx, range));
  }

  private static List<String> texts(StoreTransaction tx, MessageRange range) {
    return tx.read(List.of(range)).getOrDefault(range.key(), List.of()).stream()
        .map(each -> new String(each.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  private Map<MessageId, Long> known(String key, String... ids) {
    return store.transact(
        tx ->
            tx.known(
                List.of(ids).stream().map(id -> new MessageId(key, id)).toList(), Instant.EPOCH));
  }

  private List<String> dueKeys(long now, int limit, boolean recoveredToo) {
    return store.transact(tx -> keys(tx.lockDue(at(now), limit, recoveredToo)));
  }

  private static List<String> keys(List<KeyRow> rows) {
    return rows.stream().map(KeyRow::key).toList();
  }

  private StoreStats stats() {
    return store.transact(StoreTransaction::stats);
  }

  /** All that the store shows, so that two moments can be compared. */
  private String dump() {
    return dump(store);
  }

  private static String dump(InMemoryBufferStore of) {
    return of.transact(
        tx -> {
          List<String> seen = new ArrayList<>();
          for (String key : List.of("a", "b", "c", "n")) {
            seen.add(key + "=" + tx.lock(List.of(key)));
            tx.read(List.of(all(key))).getOrDefault(key, List.of()).forEach(m -> seen.add(line(m)));
          }
          for (BuriedLetter each : tx.deadLetters(0, 100)) {
            seen.add(each.row().toString());
            each.messages().forEach(m -> seen.add(line(m)));
          }
          for (String id : List.of("1", "2", "3", "new")) {
            seen.add(
                id
                    + "="
                    + tx.known(
                        List.of(new MessageId("a", id), new MessageId("b", id)), Instant.EPOCH));
          }
          seen.add("due " + keys(tx.lockDue(at(10_000), 100, true)) + tx.nextDue(false));
          seen.add("" + tx.stats() + tx.pendingMessages());
          return String.join("\n", seen);
        });
  }

  private static String line(StoredMessage m) {
    return m.sequence()
        + " "
        + m.messageId()
        + " "
        + m.arrivedAt()
        + " "
        + new String(m.payload(), StandardCharsets.UTF_8)
        + " "
        + m.intact();
  }

  // ---- S1 transact

  @Test
  void S1_exceptionFromTheWork_rollsBackEverything_andIsThrownOnAsItIs() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"), message("b", "b1"));
    append(withId("b", "1"), message("c", "c1"));
    change(
        tx -> {
          tx.save(List.of(waiting("a", 5), running("b"), backingOff("c", 7, 0, true)));
          tx.delete(List.of(MessageRange.one("a", 1)), at(100)); // id a/1 is in its retention
          tx.bury(letter(tx.nextTokens(1), "b"), MessageRange.one("b", 5));
        });
    String before = dump();

    changeAndFail(
        tx -> {
          tx.append(List.of(withId("a", "1"), withId("a", "new"), message("n", "n1")));
          tx.save(List.of(running("a"), waiting("b", 1), waiting("n", 2)));
          tx.save(List.of(waiting("a", 9), backingOff("c", 7, 0, false)));
          tx.remove(List.of("b"));
          tx.delete(List.of(MessageRange.one("a", 2), all("c"), all("n")), at(50));
          tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", 3));
          tx.removeDeadLetter(1, at(50));
          assertThat(tx.forgetIds(at(500), 10)).isPositive();
          tx.append(List.of(message("c", "c2")));
        });

    assertThat(dump()).isEqualTo(before);
    // The retention's order is back too, and what was rolled back counted nothing.
    change(tx -> assertThat(tx.forgetIds(at(99), 10)).isZero());
    change(tx -> assertThat(tx.forgetIds(at(100), 10)).isEqualTo(1));
    change(tx -> assertThat(tx.append(List.of(message("a", "x")))).isEqualTo(7));
    change(tx -> assertThat(tx.nextTokens(1)).isEqualTo(2));
  }

  @Test
  void S1_errorFromTheWork_rollsBackToo() {
    var error = new StackOverflowError("deep");
    assertThatThrownBy(
            () ->
                change(
                    tx -> {
                      tx.append(List.of(message("a", "a1")));
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(texts(all("a"))).isEmpty();
  }

  @Test
  void S1_resultIsReturned_andChangesAreSeenWithinAndAfter() {
    List<String> within =
        store.transact(
            tx -> {
              tx.append(List.of(message("a", "a1")));
              return texts(tx, all("a"));
            });
    assertThat(within).containsExactly("a1");
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S1_committedWork_isNotTakenBackByALaterRollback() {
    append(message("a", "a1"));
    changeAndFail(tx -> tx.append(List.of(message("a", "a2"))));
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S1_transaction_isOfNoUseAfterwards() {
    StoreTransaction[] kept = new StoreTransaction[1];
    change(tx -> kept[0] = tx);
    assertThatThrownBy(() -> kept[0].pendingMessages()).isInstanceOf(IllegalStateException.class);
    change(
        tx ->
            assertThatThrownBy(() -> kept[0].append(List.of(message("a", "x"))))
                .isInstanceOf(IllegalStateException.class));
    assertThat(texts(all("a"))).isEmpty();
  }

  @Test
  void S1_nestedTransaction_isRefused_andTheOuterOneGoesOn() {
    change(
        tx -> {
          tx.append(List.of(message("a", "a1")));
          assertThatThrownBy(() -> store.transact(inner -> 1))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(store::reopen).isInstanceOf(IllegalStateException.class);
        });
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  // ---- S2 lock

  @Test
  void S2_lock_loadsTheRowsThatExist() {
    change(tx -> tx.save(List.of(waiting("a", 5), running("b"))));
    change(
        tx ->
            assertThat(tx.lock(List.of("b", "absent", "a")))
                .containsExactlyInAnyOrderEntriesOf(
                    Map.of("a", waiting("a", 5), "b", running("b"))));
    change(tx -> assertThat(tx.lock(List.of())).isEmpty());
  }

  @Test
  void S2_lock_keepsOthersOutUntilTheEnd_alsoOfAnAbsentKey() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try {
      var start = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 2_000; i++) {
                    change(InMemoryBufferStoreTest::countUp);
                  }
                  return true;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    change(tx -> assertThat(tx.lock(List.of("a")).get("a").dueAt()).isEqualTo(at(8_000)));
  }

  private static void countUp(StoreTransaction tx) {
    KeyRow row = tx.lock(List.of("a")).get("a");
    Instant before = row == null || row.dueAt() == null ? at(0) : row.dueAt();
    tx.save(List.of(waiting("a", Duration.between(T0, before).toSeconds() + 1)));
  }

  // ---- S3 lockDue

  @Test
  void S3_lockDue_givesTheEarliestFirst_nowIncluded_noMoreThanTheLimit() {
    change(
        tx ->
            tx.save(
                List.of(
                    waiting("d", 8),
                    backingOff("b", 3, 0, false),
                    waiting("c", 5),
                    running("r"),
                    waiting("a", 1))));
    assertThat(dueKeys(5, 10, true)).containsExactly("a", "b", "c");
    assertThat(dueKeys(5, 2, true)).containsExactly("a", "b");
    assertThat(dueKeys(0, 10, true)).isEmpty();
  }

  @Test
  void S3_lockDue_givesWholeRows_asSavedLast() {
    change(tx -> tx.save(List.of(waiting("a", 5, 0))));
    change(tx -> tx.save(List.of(waiting("a", 5, 3)))); // same due time, other contents
    change(tx -> assertThat(tx.lockDue(at(5), 1, false)).containsExactly(waiting("a", 5, 3)));
  }

  @Test
  void S3_lockDue_leavesRecoveredOnesOut_orSortsThemIn() {
    change(
        tx ->
            tx.save(
                List.of(
                    backingOff("r1", 1, 0, true),
                    waiting("a", 2),
                    backingOff("r2", 3, 0, true),
                    waiting("b", 4))));
    assertThat(dueKeys(9, 10, false)).containsExactly("a", "b");
    assertThat(dueKeys(9, 10, true)).containsExactly("r1", "a", "r2", "b");
    assertThat(dueKeys(9, 3, true)).containsExactly("r1", "a", "r2");
  }

  @Test
  void S3_dueTimes_followTheRow() {
    change(tx -> tx.save(List.of(waiting("a", 2))));
    change(tx -> tx.save(List.of(waiting("a", 6))));
    assertThat(dueKeys(5, 10, true)).isEmpty();
    change(tx -> tx.save(List.of(running("a"))));
    assertThat(dueKeys(9, 10, true)).isEmpty();
    change(tx -> tx.save(List.of(backingOff("a", 7, 0, true))));
    assertThat(dueKeys(9, 10, false)).isEmpty();
    change(tx -> tx.save(List.of(backingOff("a", 7, 0, false))));
    assertThat(dueKeys(9, 10, false)).containsExactly("a");
    change(tx -> tx.remove(List.of("a")));
    assertThat(dueKeys(9, 10, true)).isEmpty();
  }

  // ---- S4 lockForRecovery

  @Test
  void S4_lockForRecovery_givesRunning_andWhatAClockAheadHasWritten() {
    change(
        tx ->
            tx.save(
                List.of(
                    running("running"),
                    waiting("fine", 50, 10),
                    waiting("ahead", 50, 11),
                    backingOff("fineToo", 50, 10, false),
                    backingOff("aheadToo", 50, 11, false))));
    change(
        tx ->
            assertThat(keys(tx.lockForRecovery(at(10), 100)))
                .containsExactlyInAnyOrder("running", "ahead", "aheadToo"));
  }

  @Test
  void S4_lockForRecovery_againAndAgain_untilNothingIsLeft() {
    change(tx -> tx.save(List.of(running("a"), running("b"), running("c"))));
    List<String> seen = new ArrayList<>();
    change(
        tx -> {
          for (var rows = tx.lockForRecovery(at(1), 2);
              !rows.isEmpty();
              rows = tx.lockForRecovery(at(1), 2)) {
            assertThat(rows).hasSizeLessThanOrEqualTo(2);
            assertThat(seen).as("comes to an end").hasSizeLessThan(3);
            seen.addAll(keys(rows));
            rows.forEach(row -> tx.save(List.of(backingOff(row.key(), 9, 1, true))));
          }
        });
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  // ---- S5 known

  @Test
  void S5_known_findsStoredAndDeadAndRetained_perKey() {
    append(withId("a", "stored"), withId("a", "dead"), withId("a", "ended"), withId("b", "other"));
    change(
        tx -> {
          tx.bury(letter(1, "a"), MessageRange.one("a", 2));
          tx.delete(List.of(MessageRange.one("a", 3)), at(10));
        });
    assertThat(known("a", "stored", "dead", "ended", "other", "never"))
        .isEqualTo(
            Map.of(
                new MessageId("a", "stored"), 1L,
                new MessageId("a", "dead"), 2L,
                new MessageId("a", "ended"), 3L));
  }

  @Test
  void S5_retention_endsOnlyByForgetIds_inSteps_earliestFirst() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    change(tx -> tx.delete(List.of(MessageRange.one("a", 1)), at(30)));
    change(tx -> tx.delete(List.of(MessageRange.one("a", 2)), at(10)));
    change(tx -> assertThat(tx.forgetIds(at(9), 10)).isZero());
    assertThat(known("a", "1", "2", "3")).hasSize(3);
    change(tx -> assertThat(tx.forgetIds(at(30), 1)).isEqualTo(1));
    assertThat(known("a", "1", "2", "3"))
        .containsOnlyKeys(new MessageId("a", "1"), new MessageId("a", "3"));
    change(tx -> assertThat(tx.forgetIds(at(30), 10)).isEqualTo(1));
    change(tx -> assertThat(tx.forgetIds(at(99_999), 10)).isZero()); // 3 is stored
    assertThat(known("a", "3")).hasSize(1);
  }

  // ---- S6 append

  @Test
  void S6_append_countsOnAcrossKeys_inTheOrderOfTheList() {
    change(
        tx -> {
          long first =
              tx.append(List.of(message("a", "a1"), message("b", "b1"), withId("a", "a2")));
          assertThat(first).isEqualTo(1);
          assertThat(tx.append(List.of(message("a", "a3")))).isEqualTo(4);
          assertThat(tx.read(List.of(all("a"))).get("a"))
              .extracting(StoredMessage::sequence, StoredMessage::messageId, StoredMessage::intact)
              .containsExactly(tuple(1L, null, true), tuple(3L, "a2", true), tuple(4L, null, true));
        });
  }

  @Test
  void S6_sequences_areNeverUsedAgain_thoughAllIsDeletedAndTheStoreReopened() {
    append(message("a", "a1"), message("a", "a2"));
    change(tx -> tx.delete(List.of(all("a")), at(0)));
    var reopened = store.reopen();
    long next = reopened.transact(tx -> tx.append(List.of(message("a", "a3"))));
    assertThat(next).isEqualTo(3);
  }

  @Test
  void S6_idAppendedAnew_belongsToTheNewMessage() {
    append(withId("a", "1"));
    change(tx -> tx.delete(List.of(all("a")), at(10)));
    append(withId("a", "1"));
    assertThat(known("a", "1")).containsValue(2L);
    change(tx -> assertThat(tx.forgetIds(at(99), 10)).isZero()); // its retention is off
    change(tx -> tx.delete(List.of(all("a")), at(20)));
    change(tx -> assertThat(tx.forgetIds(at(19), 10)).isZero());
    change(tx -> assertThat(tx.forgetIds(at(20), 10)).isEqualTo(1));
  }

  // ---- S7 read

  @Test
  void S7_read_keepsToBoundsAndLimit_inOrder() {
    append(message("a", "1"), message("b", "2"), message("a", "3"), message("a", "4"));
    assertThat(texts(all("a"))).containsExactly("1", "3", "4");
    assertThat(texts(MessageRange.through("a", 3))).containsExactly("1", "3");
    assertThat(texts(MessageRange.through("a", 2))).containsExactly("1");
    assertThat(texts(MessageRange.after("a", 1))).containsExactly("3", "4");
    assertThat(texts(MessageRange.one("a", 3))).containsExactly("3");
    assertThat(texts(MessageRange.one("a", 2))).isEmpty();
    assertThat(texts(all("a").limited(2))).containsExactly("1", "3");
    assertThat(texts(new MessageRange("a", 4, 1, 9))).isEmpty();
    assertThat(texts(all("absent"))).isEmpty();
  }

  @Test
  void S7_whatWasRead_doesNotChangeAfterwards() {
    append(message("a", "1"), message("a", "2"));
    change(
        tx -> {
          List<StoredMessage> read = tx.read(List.of(all("a"))).get("a");
          tx.delete(List.of(all("a")), at(0));
          assertThat(read).hasSize(2);
        });
  }

  // ---- S8 delete

  @Test
  void S8_delete_removesExactlyTheRange_limitsDoNotCount_twiceChangesNothing() {
    append(message("a", "1"), message("a", "2"), message("a", "3"), message("a", "4"));
    append(message("b", "5"));
    var range = MessageRange.through("a", 2).limited(1);
    change(tx -> tx.delete(List.of(range), at(0)));
    assertThat(texts(all("a"))).containsExactly("3", "4");
    change(tx -> tx.delete(List.of(range, all("absent")), at(0)));
    assertThat(texts(all("a"))).containsExactly("3", "4");
    change(tx -> tx.delete(List.of(MessageRange.one("a", 4)), at(0)));
    assertThat(texts(all("a"))).containsExactly("3");
    assertThat(texts(all("b"))).containsExactly("5");
  }

  // ---- S9 save and remove

  @Test
  void S9_row_readsBackEqual_andIsReplacedWhole() {
    var window = new WindowRow(3, at(2), at(4), true);
    var full =
        new KeyRow(
            "a",
            KeyState.BACKING_OFF,
            at(1),
            at(3),
            at(5).plusNanos(1),
            at(6),
            POLICY,
            window,
            batch(7, true));
    change(tx -> tx.save(List.of(full)));
    change(tx -> assertThat(tx.lock(List.of("a"))).containsEntry("a", full));
    change(tx -> tx.save(List.of(waiting("a", 9))));
    change(tx -> assertThat(tx.lock(List.of("a"))).containsEntry("a", waiting("a", 9)));
  }

  @Test
  void S9_keyThatWentIdle_leavesNothing() {
    append(withId("a", "1"), message("a", "2"));
    change(tx -> tx.save(List.of(waiting("a", 5))));
    change(tx -> tx.save(List.of(running("a"))));
    change(
        tx -> {
          tx.delete(List.of(all("a")), at(10));
          tx.remove(List.of("a", "absent"));
          tx.forgetIds(at(10), 10);
        });
    assertThat(stats()).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, null, 0));
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  @Test
  void S9_keyThatARollbackMadeIdle_leavesNothing() {
    changeAndFail(
        tx -> {
          tx.append(List.of(withId("a", "1")));
          tx.save(List.of(backingOff("a", 5, 0, true)));
        });
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  // ---- S10 nextDue

  @Test
  void S10_nextDue_isTheEarliestOfAll() {
    change(tx -> assertThat(tx.nextDue(true)).isEmpty());
    change(tx -> tx.save(List.of(running("x"), waiting("a", 5), backingOff("r", 3, 0, true))));
    change(
        tx -> {
          assertThat(tx.nextDue(true)).contains(at(3));
          assertThat(tx.nextDue(false)).contains(at(5));
          tx.lockDue(at(9), 9, true);
          assertThat(tx.nextDue(true)).contains(at(3)); // locked or not
          tx.save(List.of(waiting("b", 1)));
          assertThat(tx.nextDue(true)).contains(at(1));
          tx.remove(List.of("a", "b"));
          assertThat(tx.nextDue(false)).isEmpty();
        });
  }

  // ---- S11 nextTokens

  @Test
  void S11_tokens_areConsecutive_andNeverGivenTwice() {
    change(
        tx -> {
          assertThat(tx.nextTokens(3)).isEqualTo(1);
          assertThat(tx.nextTokens(1)).isEqualTo(4);
        });
    var reopened = store.reopen();
    long next = reopened.transact(tx -> tx.nextTokens(1));
    assertThat(next).isEqualTo(5);
  }

  // ---- S12 dead letters

  @Test
  void S12_bury_takesTheMessagesOutOfReadCountAndDelete() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    change(tx -> tx.bury(letter(7, "a"), MessageRange.through("a", 2)));
    assertThat(texts(all("a"))).containsExactly("3");
    change(tx -> assertThat(tx.pendingMessages()).isEqualTo(1));
    change(tx -> tx.delete(List.of(all("a")), at(10)));
    change(
        tx -> {
          BuriedLetter only = tx.deadLetters(0, 9).get(0);
          assertThat(only.row()).isEqualTo(letter(7, "a"));
          assertThat(only.messages())
              .extracting(StoredMessage::messageId)
              .containsExactly("1", "2");
          assertThat(tx.forgetIds(at(999), 9)).isEqualTo(1); // 3; the dead ones stay remembered
        });
  }

  @Test
  void S12_deadLetters_areListedById_afterOne_noMoreThanTheLimit() {
    append(message("a", "1"), message("b", "2"), message("c", "3"));
    change(tx -> tx.bury(letter(9, "c"), all("c")));
    change(tx -> tx.bury(letter(4, "a"), all("a")));
    change(tx -> tx.bury(letter(6, "b"), all("b")));
    change(
        tx -> {
          assertThat(tx.deadLetters(0, 2))
              .extracting(each -> each.row().id())
              .containsExactly(4L, 6L);
          assertThat(tx.deadLetters(6, 9)).extracting(each -> each.row().id()).containsExactly(9L);
        });
  }

  @Test
  void S12_removeDeadLetter_startsTheRetention_butNotOfAnIdAppendedAnew() {
    append(withId("a", "1"), withId("a", "2"));
    change(tx -> tx.bury(letter(7, "a"), all("a")));
    append(withId("a", "2")); // a redrive appends first, then removes
    change(tx -> tx.removeDeadLetter(7, at(10)));
    change(tx -> tx.removeDeadLetter(7, at(20))); // absent: no error, nothing changes
    change(tx -> assertThat(tx.deadLetters(0, 9)).isEmpty());
    assertThat(known("a", "1", "2")).hasSize(2);
    change(tx -> assertThat(tx.forgetIds(at(10), 9)).isEqualTo(1));
    assertThat(known("a", "1", "2")).isEqualTo(Map.of(new MessageId("a", "2"), 3L));
  }

  @Test
  void S12_letterIdThatExists_isRefused() {
    append(message("a", "1"), message("b", "2"));
    change(tx -> tx.bury(letter(7, "a"), all("a")));
    assertThatThrownBy(() -> change(tx -> tx.bury(letter(7, "b"), all("b"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(texts(all("b"))).containsExactly("2");
  }

  // ---- counts

  @Test
  void counts_areExact() {
    append(withId("a", "1"), withId("a", "2"), message("b", "3"), message("c", "4"));
    change(
        tx -> {
          tx.append(List.of(new NewMessage("d", null, at(-5), bytes(""))));
          tx.save(List.of(waiting("a", 5), running("b"), waiting("x", 5)));
          tx.save(List.of(backingOff("d", 6, 0, false)));
          tx.bury(letter(1, "c"), all("c"));
          tx.delete(List.of(MessageRange.one("a", 1)), at(10));
          assertThat(tx.pendingMessages()).isEqualTo(3);
        });
    assertThat(stats()).isEqualTo(new StoreStats(3, 2, 1, 1, 1, 2, at(-5), 0));
  }

  // ---- the store object

  @Test
  void reopen_goesOnWithTheSameData_andClosesTheOldObject() {
    append(withId("a", "1"));
    change(tx -> tx.save(List.of(running("a"))));
    String before = dump();
    var reopened = store.reopen();
    assertThat(reopened.storeId()).isEqualTo("test");
    assertClosed(store);
    assertThat(dump(reopened)).isEqualTo(before);
  }

  @Test
  void reopen_worksAfterClose_andOnlyTheYoungestIsOpen() {
    append(message("a", "1"));
    store.close();
    var second = store.reopen();
    var third = store.reopen();
    assertClosed(second);
    store.close(); // long closed: closes nothing else
    second.close();
    assertThat(third.<Long>transact(StoreTransaction::pendingMessages)).isEqualTo(1);
  }

  @Test
  void close_twice_isFine_andLaterTransactionsAreClosed() {
    store.close();
    store.close();
    assertClosed(store);
  }

  @Test
  void storeId_isRandom_orAsGiven() {
    assertThat(store.storeId()).isEqualTo("test");
    String random = new InMemoryBufferStore().storeId();
    assertThat(random).matches("[A-Za-z0-9_-]{1,64}");
    assertThat(new InMemoryBufferStore().storeId()).isNotEqualTo(random);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "x\n"})
  void storeId_thatDoesNotFit_isRefused(String id) {
    assertThatThrownBy(() -> new InMemoryBufferStore(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + id + "'");
    assertThatThrownBy(() -> new InMemoryBufferStore("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertClosed(InMemoryBufferStore closed) {
    assertThatThrownBy(() -> closed.transact(tx -> 1))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
  }

  /** The sizes of all maps and sets that the store has inside, by their fields. */
  private static Map<String, Integer> sizesInside(InMemoryBufferStore store) {
    Map<String, Integer> sizes = new TreeMap<>();
    try {
      Object data = field(InMemoryBufferStore.class, "data").get(store);
      for (Field part : data.getClass().getDeclaredFields()) {
        part.setAccessible(true);
        Object holder = part.get(data);
        if (holder == null || holder.getClass().getPackage() != store.getClass().getPackage()) {
          continue;
        }
        for (Field inside : holder.getClass().getDeclaredFields()) {
          inside.setAccessible(true);
          Object value = inside.get(holder);
          if (value instanceof Map<?, ?> map) {
            sizes.put(part.getName() + "." + inside.getName(), map.size());
          } else if (value instanceof Collection<?> collection) {
            sizes.put(part.getName() + "." + inside.getName(), collection.size());
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return sizes;
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field found = type.getDeclaredField(name);
    found.setAccessible(true);
    return found;
  }
}
