// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.seconds;

import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key twice: as the protocol decides, with the messages that a store would hold that does what it
 * is told; and on paper. Each event goes to both, and {@link Promises} compares.
 */
final class WalkedKey {

  private static final byte[] EMPTY = new byte[0];

  final String name;
  final PlainKey plain;
  @Nullable KeyRow row;
  private List<StoredMessage> stored;

  WalkedKey(String name) {
    this(name, new PlainKey(), null, List.of());
  }

  private WalkedKey(String name, PlainKey plain, @Nullable KeyRow row, List<StoredMessage> stored) {
    this.name = name;
    this.plain = plain;
    this.row = row;
    this.stored = stored;
  }

  WalkedKey copy() {
    return new WalkedKey(name, plain.copy(), row, stored);
  }

  void recover(RetryPolicy retry, long now) {
    if (row != null) {
      take(Protocol.recover(row, retry, at(now)), plain.recover(retry, now));
    }
  }

  void submit(PolicyRow policy, long sequence, long now) {
    Step expected = plain.submit(policy, sequence, now);
    stored = PlainKey.plus(stored, new StoredMessage(sequence, null, at(plain.last), EMPTY, true));
    take(Protocol.submit(row, name, policy, false, at(now)), expected);
  }

  void due(long token, long now) {
    int most =
        row.state() == KeyState.WAITING ? row.policy().maxBatch() + 1 : row.batch().messages();
    List<StoredMessage> oldest = stored.subList(0, Math.min(most, stored.size()));
    take(Protocol.due(row, oldest, token, null, at(now)), plain.due(token, now));
  }

  void dueWhileRunning(long token, long now) {
    try {
      Protocol.due(row, stored, token, null, at(now));
    } catch (IllegalStateException impossible) {
      return;
    }
    throw new AssertionError("G4: a key that runs is not claimed");
  }

  void returned(long token, long now) {
    take(Protocol.returned(row, token, at(now)), plain.returned(token, now));
  }

  void failed(long token, RetryPolicy retry, long now) {
    take(
        Protocol.failed(row, token, false, retry, at(now)), plain.failed(token, false, retry, now));
  }

  void released(long token, long delay, long now) {
    take(Protocol.released(row, token, seconds(delay), at(now)), plain.released(token, delay, now));
  }

  void unreadable(long token, long batchId, int[] places, long newId, long now) {
    List<Long> sequences = new ArrayList<>();
    for (int place : places) {
      sequences.add(plain.members.get(place).sequence());
    }
    BatchRow claimed = new BatchRow(batchId, token, 1, 1, 0, at(0), at(0), false, null);
    long openedAt =
        plain.members.stream()
            .filter(m -> !sequences.contains(m.sequence()))
            .map(PlainKey.Noted::arrival)
            .findFirst()
            .orElse(0L);
    int gone = Math.max(1, places.length);
    Decision decision = MemberProtocol.unreadable(row, claimed, gone, at(openedAt), newId, at(now));
    if (decision.changes()) {
      stored = stored.stream().filter(m -> !sequences.contains(m.sequence())).toList();
    }
    take(decision, PlainMembers.unreadable(plain, token, batchId, sequences, newId, now));
  }

  void flush(long now) {
    take(CallerProtocol.flush(row, at(now)), PlainCallers.flush(plain, now));
  }

  void extend(long until, long now) {
    take(CallerProtocol.extend(row, at(until), at(now)), PlainCallers.extend(plain, until, now));
  }

  void discard() {
    take(CallerProtocol.discard(row), PlainCallers.discard(plain));
  }

  void superseded(long token, int most, RetryPolicy retry, long now) {
    take(
        Protocol.superseded(row, token, most, retry, at(now)),
        PlainMembers.superseded(plain, token, most, retry, now));
  }

  /** As the engine asks: of a current batch on its first attempt, with room and late messages. */
  void absorb(long newId, long now) {
    int most = row.policy().maxBatch() - row.batch().messages();
    List<StoredMessage> late = stored.subList(row.batch().messages(), stored.size());
    int joining = Math.min(most, late.size());
    StoredMessage next = joining < late.size() ? late.get(joining) : null;
    take(
        MemberProtocol.absorb(row, late.subList(0, joining), next, newId, at(now)),
        PlainMembers.absorb(plain, joining, newId, now));
  }

  void acknowledge(long newId) {
    Instant openedAt = stored.get(1).arrivedAt();
    take(
        MemberProtocol.acknowledge(row, 1, stored.get(0).sequence(), openedAt, newId),
        PlainMembers.acknowledge(plain, newId));
  }

  /** One of the messages in no batch; a member of one, if there are none. */
  void withdraw(int place, long now) {
    int members = plain.members.size();
    boolean any = !plain.waiting.isEmpty();
    long sequence = any ? plain.waiting.get(place).sequence() : members == 0 ? 1 : plain.through;
    StoredMessage oldest =
        stored.stream()
            .skip(members)
            .filter(m -> m.sequence() != sequence)
            .findFirst()
            .orElse(null);
    take(
        CallerProtocol.withdraw(row, sequence, oldest, at(now)),
        PlainCallers.withdraw(plain, place, now));
  }

  void erase() {
    stored = List.of();
    take(CallerProtocol.erase(row), PlainCallers.erase(plain));
  }

  private void take(Decision decision, Step expected) {
    KeyRow before = row;
    row = decision.row();
    if (decision.ended() != null) {
      stored = stored.stream().filter(m -> !decision.ended().contains(m.sequence())).toList();
    }
    Promises.check(before, decision, expected, stored, plain);
  }
}
