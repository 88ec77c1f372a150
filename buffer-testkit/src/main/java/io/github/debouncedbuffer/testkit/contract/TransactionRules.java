// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.id;
import static io.github.debouncedbuffer.testkit.contract.Samples.letter;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** S1: all or nothing. */
abstract class TransactionRules extends StoreUnderTest {

  private static final List<String> KEYS = List.of("a", "b", "c", "d", "n");
  private static final List<MessageId> IDS =
      List.of(id("a", "1"), id("a", "2"), id("a", "3"), id("a", "new"), id("d", "dead"));

  /** What a test of a rollback finds: the sequence of the oldest message of a, and a letter. */
  private long oldest;

  private long buried;

  /**
   * If this fails, look at the commit: the work has returned, so what it did must be there for the
   * next transaction and after the store was opened again.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S1_whatTheWorkDid_isThereAfterwards_andAfterReopening() throws Exception {
    somethingOfEverything();
    String before = snapshot();
    assertEquals(before, snapshot());
    reopen();
    assertEquals(before, snapshot());
  }

  /** If this fails, look at what {@code transact} returns: the work's result, as it is. */
  @Test
  public void S1_theResult_isTheWorks() {
    Object result = new Object();
    assertSame(result, store.transact(tx -> result));
  }

  /** If this fails, look at where the work runs: not on a thread of the store. */
  @Test
  public void S1_theWork_runsOnTheCallingThread() {
    assertSame(Thread.currentThread(), store.transact(tx -> Thread.currentThread()));
  }

  /**
   * If this fails, look at what a transaction reads from: its own changes come before what was
   * committed. A store that gathers changes until the commit must look among them first.
   */
  @Test
  public void S1_aTransaction_readsWhatItHasWritten() {
    change(
        tx -> {
          long first = tx.append(List.of(withId("a", "1"), withId("a", "2"), withId("a", "3")));
          assertEquals(3, read(tx, all("a")).size());
          assertEquals(3, tx.pendingMessages());
          assertEquals(
              Map.of(id("a", "1"), first), tx.known(List.of(id("a", "1"), id("x", "1")), at(0)));

          tx.save(List.of(waiting("a", 7), running("b")));
          assertEquals(Map.of("a", waiting("a", 7), "b", running("b")), tx.lock(List.of("a", "b")));
          assertEquals(List.of(waiting("a", 7)), tx.lockDue(at(7), 9, true));
          assertEquals(List.of(running("b")), tx.lockForRecovery(at(0), 9));
          assertEquals(Optional.of(at(7)), tx.nextDue(true));

          tx.delete(List.of(MessageRange.one("a", first)), at(10));
          tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", first + 1));
          assertEquals(1, read(tx, all("a")).size());
          assertEquals(1, tx.pendingMessages());
          assertEquals(1, tx.deadLetters(0, 9).size());
          assertEquals(1, tx.forgetIds(at(10), 9));
          assertEquals(Map.of(), tx.known(List.of(id("a", "1")), at(0)));
          tx.removeDeadLetter(tx.deadLetters(0, 9).get(0).row().id(), at(10));
          assertEquals(List.of(), tx.deadLetters(0, 9));

          tx.remove(List.of("a"));
          assertEquals(Map.of(), tx.lock(List.of("a")));
          assertEquals(Optional.empty(), tx.nextDue(true));
          assertEquals(0, tx.stats().waitingKeys());
          assertEquals(1, tx.stats().runningKeys());
        });
  }

  /** If this fails, look at how an exception leaves {@code transact}: not wrapped, not replaced. */
  @Test
  public void S1_exceptionOrErrorFromTheWork_isThrownOnAsItIs() {
    for (Throwable thrown : List.of(new UnsupportedOperationException(), new LinkageError())) {
      var caught =
          assertThrows(
              Throwable.class,
              () ->
                  change(
                      tx -> {
                        tx.append(List.of(message("a", "lost")));
                        if (thrown instanceof Error error) {
                          throw error;
                        }
                        throw (RuntimeException) thrown;
                      }));
      assertSame(thrown, caught);
      assertEquals(List.of(), texts(all("a")));
    }
  }

  /**
   * If this fails, look at the rollback of the change that the message names: what was there before
   * must be there again, indexes and counts included.
   */
  @Test
  public void S1_eachChange_isTakenBackWhenTheWorkThrows() {
    somethingOfEverything();
    String before = snapshot();
    changes()
        .forEach(
            (name, work) -> {
              changeAndThrow(work);
              assertEquals(before, snapshot(), "after a rollback of: " + name);
            });
  }

  /**
   * If this fails, look at rollbacks of several changes of the same thing: they are taken back in
   * the reverse order, also in what is on disk.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S1_allChangesTogether_areTakenBackWhenTheWorkThrows() throws Exception {
    somethingOfEverything();
    String before = snapshot();
    changeAndThrow(tx -> changes().values().forEach(work -> work.accept(tx)));
    assertEquals(before, snapshot());
    reopen();
    assertEquals(before, snapshot());
    assertEquals(0, forget(at(99), 10), "ids whose retention was moved by the rolled-back work");
    assertEquals(1, forget(at(100), 10));
  }

  /**
   * If this fails, look at where the counters are kept: in the transaction, like everything else,
   * not in a field or a database sequence that a rollback does not touch. Only a store with a lease
   * may skip numbers, for nodes that share a counter would wait for each other; it never gives one
   * twice.
   */
  @Test
  public void S1_countersOfARolledBackTransaction_areAsIfItHadNeverBeen() {
    append(message("a", "1"));
    long[] drawn = new long[2];
    changeAndThrow(
        tx -> {
          drawn[0] = tx.append(List.of(message("a", "2"), message("a", "3")));
          drawn[1] = tx.nextTokens(5);
        });
    long sequence = append(message("a", "4"));
    long token = store.<Long>transact(tx -> tx.nextTokens(1));
    if (store.lease().isPresent()) {
      assertTrue(sequence >= drawn[0], sequence + " after " + drawn[0]);
      assertTrue(token >= drawn[1], token + " after " + drawn[1]);
    } else {
      assertEquals(drawn[0], sequence);
      assertEquals(drawn[1], token);
    }
    assertEquals(2, pending());
  }

  /** If this fails, look at what one transaction leaves behind for the rollback of the next. */
  @Test
  public void S1_whatWasCommitted_isNotTakenBackByALaterRollback() {
    append(message("a", "kept"));
    save(waiting("a", 5));
    changeAndThrow(tx -> tx.append(List.of(message("a", "lost"))));
    changeAndThrow(tx -> {});
    assertEquals(List.of("kept"), texts(all("a")));
    assertEquals(Map.of("a", waiting("a", 5)), rows("a"));
  }

  private String snapshot() {
    return Snapshot.of(store, KEYS, IDS);
  }

  /** Keys in each state; ids that are stored, retained until 100, and dead. */
  private void somethingOfEverything() {
    change(
        tx -> {
          long first =
              tx.append(
                  List.of(
                      withId("a", "1"),
                      withId("a", "2"),
                      withId("a", "3"),
                      message("b", "4"),
                      message("c", "5"),
                      withId("d", "dead")));
          tx.save(List.of(waiting("a", 5), running("b"), backingOff("c", 7, true)));
          tx.delete(List.of(MessageRange.one("a", first)), at(100));
          oldest = first + 1;
          buried = tx.nextTokens(1);
          tx.bury(letter(buried, "d"), all("d"));
        });
  }

  private Map<String, Consumer<StoreTransaction>> changes() {
    Map<String, Consumer<StoreTransaction>> all = new LinkedHashMap<>();
    all.put("append", tx -> tx.append(List.of(message("n", "new"), withId("a", "new"))));
    all.put("append with a stored id", tx -> tx.append(List.of(withId("a", "2"))));
    all.put("append with a retained id", tx -> tx.append(List.of(withId("a", "1"))));
    all.put("save of a new row", tx -> tx.save(List.of(waiting("n", 1))));
    all.put("save with another due time", tx -> tx.save(List.of(waiting("a", 9))));
    all.put("save in another state", tx -> tx.save(List.of(running("a"), waiting("b", 2))));
    all.put("save of a mark", tx -> tx.save(List.of(backingOff("c", 7, false))));
    all.put("remove", tx -> tx.remove(List.of("b", "c")));
    all.put("delete the oldest", tx -> tx.delete(List.of(MessageRange.one("a", oldest)), at(50)));
    all.put("bury", tx -> tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.after("a", oldest)));
    all.put("delete", tx -> tx.delete(List.of(all("a"), all("c")), at(50)));
    all.put("remove a dead letter", tx -> tx.removeDeadLetter(buried, at(50)));
    all.put("forget ids", tx -> tx.forgetIds(at(500), 10));
    all.put("append after a delete", tx -> tx.append(List.of(message("c", "again"))));
    return all;
  }
}
