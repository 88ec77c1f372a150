// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.spi.BuriedLetter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What happened to each message: G1, G2, G9, G13. */
final class CheckedMessages {

  /** By its payload, which no other message has. */
  private static final class Sent {
    private final Set<Long> sequences = new TreeSet<>();
    private boolean accepted;
    private boolean ranNormally;
    private boolean dead;
    private @Nullable String key;
    private @Nullable String batch;
    private int firstLife = -1;
    private boolean redelivered;
  }

  private final List<String> findings;
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Map<String, Long> completedThrough = new HashMap<>();
  private final Map<String, Long> places = new HashMap<>();
  private int duplicates;

  CheckedMessages(List<String> findings) {
    this.findings = findings;
  }

  void asked(String payload, String id) {
    Sent known = sent.putIfAbsent(payload, new Sent());
    if (known != null && id.equals("-")) {
      throw new IllegalStateException("asked twice without an id: " + payload);
    }
  }

  /** A transaction was about to store it, and may have, or has. */
  void stored(String key, String payload, long sequence, Fate fate) {
    Sent message = at(payload, key, sequence, fate == Fate.COMMITTED);
    message.accepted |= fate == Fate.COMMITTED;
  }

  void receipt(String key, String payload, String status, long sequence) {
    at(payload, key, sequence, true).accepted = true;
    duplicates += status.equals("DUPLICATE") ? 1 : 0;
  }

  void begun(int life, String key, String batch, List<Member> members) {
    for (Member member : members) {
      if (!sent.containsKey(member.payload()) || !wasStored(member)) {
        found("G1 %s is handed over and was never stored", member);
        continue;
      }
      Sent message = at(member.payload(), key, member.sequence(), true);
      message.accepted = true;
      if (message.batch != null && !message.batch.equals(batch)) {
        found("G11 %s was in batch %s and is in batch %s", member, message.batch, batch);
      }
      message.batch = batch;
      message.redelivered |= message.firstLife >= 0 && message.firstLife != life;
      message.firstLife = message.firstLife < 0 ? life : message.firstLife;
      if (member.sequence() <= completedThrough.getOrDefault(key, 0L)) {
        found("G9 %s runs again in batch %s, and was completed before", member, batch);
      }
    }
  }

  void ranNormally(List<Member> members) {
    for (Member member : members) {
      Sent message = sent.get(member.payload());
      if (message != null) {
        message.ranNormally = true;
      }
    }
  }

  /** Only what was committed is surely over: an unknown completion may come again. */
  void completed(String key, long through, Fate fate) {
    if (fate == Fate.COMMITTED) {
      completedThrough.merge(key, through, Math::max);
    }
  }

  void dead(BuriedLetter letter) {
    letter
        .messages()
        .forEach(
            message -> {
              String payload = new String(message.payload(), StandardCharsets.UTF_8);
              Sent dead = at(payload, letter.row().key(), message.sequence(), true);
              if (dead.dead) {
                found("G2 %s is in two dead letters", payload);
              }
              dead.accepted = true;
              dead.dead = true;
            });
  }

  /** Nothing is pending: so each accepted message is answered or dead. */
  void drained() {
    sent.forEach(
        (payload, message) -> {
          if (message.accepted && !message.ranNormally && !message.dead) {
            found("G1, G2 %s was accepted, and is neither handled nor dead: lost", payload);
          }
        });
  }

  long accepted() {
    return sent.values().stream().filter(message -> message.accepted).count();
  }

  /** Handled, and not dead in spite of that because the kill came before the completion. */
  long answered() {
    return sent.values().stream().filter(message -> message.ranNormally && !message.dead).count();
  }

  long dead() {
    return sent.values().stream().filter(message -> message.dead).count();
  }

  /** Handed over in more than one life. */
  long redelivered() {
    return sent.values().stream().filter(message -> message.redelivered).count();
  }

  int duplicates() {
    return duplicates;
  }

  private boolean wasStored(Member member) {
    return sent.get(member.payload()).sequences.contains(member.sequence());
  }

  /** Notes where it is stored, and that this is one place. An unknown commit may be none. */
  private Sent at(String payload, String key, long sequence, boolean sure) {
    Sent message = sent.computeIfAbsent(payload, unasked -> new Sent());
    if (message.key != null && !message.key.equals(key)) {
      found("G14 %s of %s turns up under %s", payload, message.key, key);
    }
    message.key = key;
    if (sure) {
      sureAt(payload, message, sequence);
    }
    message.sequences.add(sequence);
    return message;
  }

  private void sureAt(String payload, Sent message, long sequence) {
    Long place = places.putIfAbsent(payload, sequence);
    if (place != null && place != sequence) {
      found("G13 %s is stored twice, as %d and %d", payload, place, sequence);
    }
  }

  private void found(String format, Object... parts) {
    findings.add(format.formatted(parts));
  }
}
