// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.spi.BuriedLetter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the journal of all lives and the dead letters of the last, and names each promise that was
 * broken. It knows nothing of the library but these promises.
 */
final class KillCheck {

  private final List<String> findings = new ArrayList<>();
  private final Map<String, Fate> fates = new HashMap<>();
  private final Map<Moment, Integer> stops = new EnumMap<>(Moment.class);
  private final CheckedMessages messages = new CheckedMessages(findings);
  private final CheckedBatches batches;
  private int life = -1;

  KillCheck(int maxAttempts) {
    this.batches = new CheckedBatches(maxAttempts, findings);
  }

  KillCheck judge(List<List<String>> journal, List<BuriedLetter> deadLetters) {
    journal.forEach(this::settle);
    journal.forEach(this::follow);
    deadLetters.forEach(batches::dead);
    deadLetters.forEach(messages::dead);
    messages.drained();
    return this;
  }

  /** One line for each broken promise, with its name. */
  List<String> findings() {
    return findings;
  }

  CheckedMessages messages() {
    return messages;
  }

  /** How many lives were stopped at this moment. */
  int stops(Moment moment) {
    return stops.getOrDefault(moment, 0);
  }

  /** First of all, what became of each transaction: it is known only behind it. */
  private void settle(List<String> line) {
    switch (line.get(0)) {
      case "LIFE" -> life = Integer.parseInt(line.get(1));
      case "ABOUT" -> fates.put(transaction(line.get(1)), Fate.UNKNOWN);
      case "COMMITTED" -> fates.put(transaction(line.get(1)), Fate.COMMITTED);
      case "STOPPED" -> stopped(Moment.valueOf(line.get(1)), transaction(line.get(2)));
      default -> {}
    }
  }

  private void stopped(Moment moment, String transaction) {
    stops.merge(moment, 1, Integer::sum);
    switch (moment) {
      case BEFORE_SUBMIT, BEFORE_CLAIM, BEFORE_COMPLETION ->
          fates.put(transaction, Fate.ROLLED_BACK);
      case AFTER_SUBMIT,
          AFTER_CLAIM,
          AFTER_COMPLETION,
          AT_RANDOM,
          IN_HANDLER,
          DRAINED,
          RECEIPT_BEFORE_COMMIT,
          DELETED_AT_CLAIM -> {}
    }
  }

  private void follow(List<String> line) {
    switch (line.get(0)) {
      case "LIFE" -> {
        life = Integer.parseInt(line.get(1));
        batches.newLife();
      }
      case "ASK" -> messages.asked(line.get(2), line.get(3));
      case "ABOUT" -> line.subList(2, line.size()).forEach(fact -> fact(fact, line.get(1)));
      case "RECEIPT" ->
          messages.receipt(line.get(1), line.get(2), line.get(3), Long.parseLong(line.get(4)));
      case "BEGIN" -> begun(line);
      case "END" -> ended(line.get(1), number(line.get(2)), line.get(4).equals("NORMALLY"));
      default -> {}
    }
  }

  private void begun(List<String> line) {
    List<Member> members = Member.parse(line.get(4));
    String batch = number(line.get(2));
    batches.begun(line.get(1), batch, Integer.parseInt(line.get(3)), members);
    messages.begun(life, line.get(1), batch, members);
  }

  private void ended(String key, String batch, boolean normally) {
    batches.ended(key);
    if (normally) {
      messages.ranNormally(batches.members(batch));
    }
  }

  private void fact(String fact, String number) {
    Fate fate = fates.get(transaction(number));
    String[] words = fact.split("/");
    String key = words[1];
    if (fate == Fate.ROLLED_BACK) {
      return;
    }
    switch (words[0]) {
      case "submit" -> messages.stored(key, words[2], Long.parseLong(words[3]), fate);
      case "claim" -> batches.claimed(words[2], Integer.parseInt(words[3]), fate);
      case "complete" -> {
        batches.settled(key, Long.parseLong(words[2]));
        messages.completed(key, Long.parseLong(words[2]), fate);
      }
      case "bury" -> batches.settled(key, Long.parseLong(words[2]));
      default -> throw new IllegalArgumentException(fact);
    }
  }

  /** What the application knows a batch by ends with the number that the store knows it by. */
  private static String number(String batchId) {
    return batchId.substring(batchId.lastIndexOf('-') + 1);
  }

  private String transaction(String number) {
    return life + "/" + number;
  }
}
