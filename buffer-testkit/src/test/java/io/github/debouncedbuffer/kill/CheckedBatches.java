// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.spi.BuriedLetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened to each batch: G4, G5, G11, G12. */
final class CheckedBatches {

  /** How many claims were counted: all that are surely committed, and some that may be. */
  private record Counted(int least, int most) {}

  private final int maxAttempts;
  private final List<String> findings;
  private final Map<String, Counted> claims = new HashMap<>();
  private final Map<String, Integer> lastClaim = new HashMap<>();
  private final Map<String, List<Member>> members = new HashMap<>();
  private final Map<String, String> running = new HashMap<>();
  private final Map<String, String> lastOfKey = new HashMap<>();
  private final Map<String, Long> settledThrough = new HashMap<>();

  CheckedBatches(int maxAttempts, List<String> findings) {
    this.maxAttempts = maxAttempts;
    this.findings = findings;
  }

  /** What ran is gone with the process. */
  void newLife() {
    running.clear();
  }

  void claimed(String batch, int attempt, Fate fate) {
    Counted before = claims.getOrDefault(batch, new Counted(0, 0));
    if (attempt <= before.least() || attempt > before.most() + 1) {
      found("G12 batch %s is claimed for attempt %d after %s claims", batch, attempt, before);
    }
    if (attempt > maxAttempts) {
      found("G12 batch %s is claimed for attempt %d of %d", batch, attempt, maxAttempts);
    }
    boolean sure = fate == Fate.COMMITTED;
    claims.put(batch, new Counted(sure ? attempt : attempt - 1, attempt));
    lastClaim.put(batch, attempt);
  }

  void begun(String key, String batch, int attempt, List<Member> run) {
    String other = running.put(key, batch);
    if (other != null) {
      found("G4 batch %s begins while %s of %s runs", batch, other, key);
    }
    if (attempt != lastClaim.getOrDefault(batch, 0)) {
      found("G12 batch %s begins attempt %d, claimed for %s", batch, attempt, lastClaim.get(batch));
    }
    List<Member> before = members.putIfAbsent(batch, run);
    if (before != null && !before.equals(run)) {
      found("G11 batch %s had %s and has %s", batch, before, run);
    }
    inOrder(key, batch, run);
  }

  void ended(String key) {
    running.remove(key);
  }

  /** The key's messages up to this one are completed or buried. */
  void settled(String key, long through) {
    settledThrough.merge(key, through, Math::max);
  }

  void dead(BuriedLetter letter) {
    String batch = String.valueOf(letter.row().id());
    int attempts = letter.row().attempts();
    Counted counted = claims.getOrDefault(batch, new Counted(0, 0));
    if (attempts != maxAttempts || attempts < counted.least() || attempts > counted.most()) {
      found("G12 batch %s is dead after %d attempts, with %s claims", batch, attempts, counted);
    }
  }

  List<Member> members(String batch) {
    return members.getOrDefault(batch, List.of());
  }

  private void inOrder(String key, String batch, List<Member> run) {
    for (int i = 1; i < run.size(); i++) {
      if (run.get(i).sequence() <= run.get(i - 1).sequence()) {
        found("G5 batch %s of %s is not in order: %s", batch, key, run);
      }
    }
    String last = lastOfKey.put(key, batch);
    if (last == null || last.equals(batch)) {
      return;
    }
    List<Member> older = members(last);
    long through = older.get(older.size() - 1).sequence();
    if (run.get(0).sequence() <= through) {
      found("G5 batch %s of %s comes behind the newer %s", batch, key, last);
    }
    if (settledThrough.getOrDefault(key, 0L) < through) {
      found("G5 batch %s of %s begins before %s is handled or dead", batch, key, last);
    }
  }

  private void found(String format, Object... parts) {
    findings.add(format.formatted(parts));
  }
}
