// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at the store after every commit. To be thrown away. */
final class PlaceholderChecks {

  static final List<String> KEYS = List.of("k0", "k1", "k2", "k3");
  static final int MAX_ATTEMPTS = 3;
  static final Duration RETENTION = Duration.ofMinutes(3);

  String promise;
  String what;
  final Set<String> seen = new HashSet<>();
  final Set<String> accepted = new HashSet<>();
  final Set<String> returned = new HashSet<>();
  final Set<String> ended = new HashSet<>();
  final Map<String, String> idOf = new HashMap<>();
  final Map<String, String> payloadOf = new HashMap<>();
  final Map<String, Instant> idEnded = new HashMap<>();
  final Map<String, Instant> extended = new HashMap<>();
  final Map<String, Long> stickyThrough = new HashMap<>();
  final Map<String, Instant> lastEnd = new HashMap<>();
  final Map<String, PlaceholderRun> live = new HashMap<>();
  Map<String, KeyRow> rows = new HashMap<>();
  Map<String, List<StoredMessage>> messages = new HashMap<>();
  List<BuriedLetter> letters = List.of();
  String discarding;
  String flushing;
  final Set<String> duplicates = new HashSet<>();
  final Set<String> vague = new HashSet<>();
  boolean crashed;
  boolean reopened;
  boolean unknown;
  long greatestToken;
  long greatestSequence;
  boolean jumpedBack;
  long tokenBefore;

  static WindowPolicy policy(String key) {
    return switch (key) {
      case "k0" ->
          WindowPolicy.fixed(Duration.ofSeconds(30))
              .extendableTo(Duration.ofSeconds(60))
              .maxBatch(3);
      case "k1" -> WindowPolicy.quiet(Duration.ofSeconds(10), Duration.ofSeconds(25)).maxBatch(4);
      case "k2" ->
          WindowPolicy.fixed(Duration.ofSeconds(20))
              .maxBatch(50)
              .followUp(FollowUp.FROM_COMPLETION);
      default ->
          WindowPolicy.quiet(Duration.ofSeconds(5), Duration.ofSeconds(40))
              .maxBatch(2)
              .followUp(FollowUp.IMMEDIATELY);
    };
  }

  void violated(String g, String text) {
    if (promise == null) {
      promise = g;
      what = text;
    }
  }

  void receipt(String payload, Receipt receipt, Instant now) {
    if (receipt.isDuplicate()) {
      duplicates.add(payload);
    } else {
      accepted.add(payload);
    }
  }

  void commit(PlaceholderStore store, Instant now) {
    live.values().removeIf(run -> run.end().isDone());
    Map<String, KeyRow> before = rows;
    tokenBefore = greatestToken;
    Map<String, List<StoredMessage>> had = messages;
    List<BuriedLetter> buriedBefore = letters;
    long[] remembered = new long[1];
    store.look(
        t -> {
          rows = t.lock(KEYS);
          messages = t.read(KEYS.stream().map(k -> MessageRange.after(k, 0)).toList());
          letters = t.deadLetters(0, 1000);
          remembered[0] = t.stats().rememberedIds();
          return null;
        });
    boolean appended = stored(now);
    lost(had, now);
    long living =
        payloadOf.keySet().stream()
            .filter(id -> idEnded.get(id) == null || idEnded.get(id).plus(RETENTION).isAfter(now))
            .count();
    if (appended && remembered[0] > living + 3) {
      violated("G15", "ids " + remembered[0] + " > " + living);
    }
    for (BuriedLetter letter : letters) {
      if (buriedBefore.stream().noneMatch(b -> b.row().id() == letter.row().id())) {
        buried(letter, before.get(letter.row().key()));
      }
    }
    for (String key : KEYS) {
      Set<Long> old = new HashSet<>();
      had.getOrDefault(key, List.of()).forEach(m -> old.add(m.sequence()));
      List<StoredMessage> list = messages.getOrDefault(key, List.of());
      boolean chain = list.stream().anyMatch(m -> old.contains(m.sequence()));
      KeyRow was = before.get(key);
      KeyRow row = rows.get(key);
      if (row == null || !chain) {
        lastEnd.remove(key);
        if (row == null) {
          vague.remove(key);
        }
        extended.remove(key);
      } else if (was != null && was.batch() != null && row.state() == KeyState.WAITING) {
        lastEnd.put(key, now);
      }
      row(key, chain ? was : null, row, list, now);
    }
    crashed = false;
    reopened = false;
  }

  private boolean stored(Instant now) {
    boolean appended = false;
    Set<String> pending = new HashSet<>();
    long greatestBefore = greatestSequence;
    for (String key : KEYS) {
      for (StoredMessage m : messages.getOrDefault(key, List.of())) {
        String payload = text(m);
        if (!pending.add(payload)) {
          violated("G9", "stored twice " + payload);
        }
        if (seen.add(payload)) {
          appended = true;
          if (m.sequence() <= greatestBefore) {
            violated("G5", "sequence reused");
          }
          String id = idOf.get(payload);
          if (id != null) {
            Instant end = idEnded.get(id);
            if (payloadOf.containsKey(id) && (end == null || end.plus(RETENTION).isAfter(now))) {
              violated("G13", "id stored twice " + id);
            }
            payloadOf.put(id, payload);
            idEnded.remove(id);
          }
        }
        greatestSequence = Math.max(greatestSequence, m.sequence());
      }
    }
    return appended;
  }

  private void lost(Map<String, List<StoredMessage>> had, Instant now) {
    Set<String> there = new HashSet<>();
    messages.values().forEach(list -> list.forEach(m -> there.add(text(m))));
    letters.forEach(
        l ->
            l.messages()
                .forEach(
                    m -> {
                      if (!there.add(text(m))) {
                        violated("G2", "dead and pending " + text(m));
                      }
                    }));
    for (String payload : seen) {
      if (!there.contains(payload) && !ended.contains(payload)) {
        ended.add(payload);
        String id = idOf.get(payload);
        if (id != null) {
          idEnded.put(id, now);
        }
        boolean discarded = payload.startsWith(String.valueOf(discarding));
        if (!discarded && !returned.contains(payload)) {
          violated("G2", "gone " + payload);
        }
      }
    }
  }

  private void buried(BuriedLetter letter, KeyRow before) {
    BatchRow batch = before == null ? null : before.batch();
    if (letter.row().attempts() != MAX_ATTEMPTS
        || batch == null
        || letter.messages().size() != batch.messages()) {
      violated("G12", "letter " + letter.row());
    }
  }

  private void row(String key, KeyRow before, KeyRow row, List<StoredMessage> list, Instant now) {
    if (row == null) {
      extended.remove(key);
      if (!list.isEmpty()) {
        violated("G3", "no row for " + list.size() + " of " + key);
      }
      return;
    }
    if (list.isEmpty()) {
      violated("G15", "row of nothing " + row);
      return;
    }
    if (row.pending() != list.size()) {
      violated("G3", "row counts " + row.pending() + " of " + list.size());
    }
    if (row.startedAt().isAfter(list.get(0).arrivedAt())
        || (before != null && !before.startedAt().equals(row.startedAt()))) {
      violated("G8", "start moved " + before + " " + row + list.get(0).arrivedAt());
    }
    for (int i = 1; i < list.size(); i++) {
      if (list.get(i).arrivedAt().isBefore(list.get(i - 1).arrivedAt())) {
        violated("G8", "arrival goes back");
      }
    }
    PlaceholderRun run = live.get(key);
    if (run != null && (row.state() != KeyState.RUNNING || !run.is(row.batch()))) {
      violated(unknown ? "G10" : "G4", "run goes on, row says " + row.state());
    }
    batch(before, row, now);
    if (row.state() == KeyState.WAITING) {
      due(key, row, list, now);
    }
  }

  private void batch(KeyRow before, KeyRow row, Instant now) {
    BatchRow b = row.batch();
    BatchRow was = before == null ? null : before.batch();
    if (row.state() == KeyState.RUNNING && (was == null || was.token() != b.token())) {
      if (b.token() <= tokenBefore) {
        violated("G10", "token reused " + b.token());
      }
      greatestToken = Math.max(greatestToken, b.token());
      if (before != null && before.dueAt() != null && now.isBefore(before.dueAt())) {
        violated("G6", "early " + before);
      }
      if (was == null || before.state() != KeyState.BACKING_OFF) {
        extended.remove(row.key());
        if (b.attempt() != 1) {
          violated("G11", "first attempt is " + b.attempt());
        }
      } else if (was.id() != b.id()
          || was.messages() != b.messages()
          || b.attempt() != was.attempt() + 1) {
        violated("G11", "not the same batch");
      }
      if (b.attempt() > MAX_ATTEMPTS) {
        violated("G12", "attempt " + b.attempt());
      }
    }
    if (row.state() == KeyState.BACKING_OFF && before != null && was != null) {
      boolean came = before.state() == KeyState.RUNNING;
      if (came
          && was.attempt() == b.attempt()
          && row.dueAt().isBefore(now.plusSeconds(10L << (b.attempt() - 1)))) {
        violated("G6", "backs off too short " + before + row);
      }
      if (came && crashed && was.attempt() != b.attempt()) {
        violated("G11", "crash not counted");
      }
      if (before.state() == KeyState.BACKING_OFF
          && !reopened
          && !row.dueAt().equals(before.dueAt())) {
        violated("G6", "backoff moved" + before + row);
      }
    }
  }

  private void due(String key, KeyRow row, List<StoredMessage> list, Instant now) {
    WindowPolicy p = policy(key);
    if (jumpedBack || key.equals(flushing) || vague.contains(key)) {
      if (!reopened && row.dueAt().isAfter(now.plus(p.maxWait()))) {
        violated("G7", "more than a window ahead " + row);
      }
      return;
    }
    Instant opened = list.get(0).arrivedAt();
    Instant end = lastEnd.get(key);
    Instant base = opened;
    if (p.followUp() == FollowUp.FROM_COMPLETION && end != null && end.isAfter(opened)) {
      base = end;
    }
    Instant from = p.isQuiet() ? max(list.get(list.size() - 1).arrivedAt(), base) : base;
    Instant wanted = from.plus(p.minWait());
    if (extended.get(key) != null) {
      wanted = max(wanted, extended.get(key));
    }
    Instant cap = base.plus(p.maxWait());
    wanted = wanted.isAfter(cap) ? cap : wanted;
    if (list.size() >= p.maxBatch()) {
      stickyThrough.put(key, list.get(list.size() - 1).sequence());
    }
    boolean sticky = stickyThrough.getOrDefault(key, 0L) >= list.get(0).sequence();
    boolean atOnce = p.followUp() == FollowUp.IMMEDIATELY && end != null && !end.isBefore(opened);
    if (sticky || atOnce) {
      if (row.dueAt().isAfter(now)) {
        violated("G7", "not due now " + row);
      }
    } else if (row.dueAt().isAfter(wanted)) {
      violated("G7", "due " + row.dueAt() + " > " + wanted + " " + row);
    } else if (row.dueAt().isBefore(wanted)
        && row.dueAt().isAfter(opened.minusSeconds(3600))
        && !reopened) {
      violated("G6", "due " + row.dueAt() + " < " + wanted + " " + row);
    }
  }

  static String text(StoredMessage m) {
    return new String(m.payload(), StandardCharsets.UTF_8);
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
