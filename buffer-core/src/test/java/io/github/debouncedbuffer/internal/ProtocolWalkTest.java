// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.fixed;
import static io.github.debouncedbuffer.internal.Given.followUp;
import static io.github.debouncedbuffer.internal.Given.maxBatch;
import static io.github.debouncedbuffer.internal.Given.quiet;
import static io.github.debouncedbuffer.internal.Given.seconds;
import static java.util.stream.Collectors.joining;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random walks over the protocol, with a naive list of the key's messages beside it. A walk that
 * fails names its seed and all that happened; put the seed into {@link #seeds} to repeat it.
 */
class ProtocolWalkTest {

  private static final int EVENTS = 60;

  static List<Long> seeds() {
    long fresh = System.nanoTime();
    System.out.println("ProtocolWalkTest: the fresh seed is " + fresh);
    return List.of(1L, 20_260_101L, fresh);
  }

  @ParameterizedTest(name = "7,000 walks from seed {0}")
  @MethodSource("seeds")
  void everyStep_ofEveryWalk_keepsTheInvariants(long seed) {
    for (long walk = seed; walk < seed + 7_000; walk++) {
      new Walk(walk).run();
    }
  }

  private static final class Walk {
    private final List<Object> history = new ArrayList<>();
    private final List<StoredMessage> pending = new ArrayList<>();
    private final Random random;
    private KeyRow row;
    private long now;
    private long sequence;
    private long token;
    private int attempts;

    Walk(long seed) {
      random = new Random(seed);
      history.add("seed " + seed);
    }

    void run() {
      for (int i = 0; i < EVENTS; i++) {
        now += random.nextInt(15);
        KeyRow before = row;
        Decision decision = event(random.nextInt(20));
        row = decision.row();
        if (decision.ended() != null) {
          pending.removeIf(m -> decision.ended().contains(m.sequence()));
        }
        boolean dead = decision.step() == Step.DEAD_LETTERED;
        check(
            !dead || attempts == RETRY.maxAttempts(), "dead after exactly so many attempts (G12)");
        history.add(new Happened(now, decision, pending.size()));
        check(before, decision);
      }
    }

    private Decision event(int which) {
      return switch (which) {
        case 0, 1, 2, 3, 4, 5 -> submit();
        case 6, 7, 8, 9 -> due();
        case 10, 11, 12, 13, 14, 15 -> endOfRun(which);
        case 16 -> Protocol.flush(row, at(now));
        case 17 -> Protocol.extend(row, at(now + random.nextInt(90)), at(now));
        case 18 -> random.nextInt(4) == 0 ? Protocol.discard(row) : submit();
        default -> restart();
      };
    }

    private Decision endOfRun(int which) {
      long any = random.nextInt(8) == 0 ? token - 1 : token;
      boolean stale = row == null || row.state() != KeyState.RUNNING || any != row.batch().token();
      Decision decision =
          switch (which) {
            case 10, 11 -> Protocol.returned(row, any, at(now));
            case 12, 13 -> Protocol.failed(row, any, false, RETRY, at(now));
            case 14 -> Protocol.released(row, any, seconds(random.nextInt(9)), at(now));
            default -> unreadable(any, 1 + random.nextInt(stale ? 1 : row.batch().messages()));
          };
      check((decision.step() == Step.STALE) == stale, "stale unless it runs under the token (G10)");
      return decision;
    }

    private Decision submit() {
      PolicyRow base = random.nextBoolean() ? quiet(10, 35) : fixed(35, 35 + random.nextInt(30));
      FollowUp timing = FollowUp.values()[random.nextInt(3)];
      PolicyRow policy = maxBatch(followUp(base, timing), 1 + random.nextInt(5));
      Decision decision = Protocol.submit(row, KEY, policy, at(now));
      Instant arrival = decision.row().lastArrivalAt();
      pending.add(new StoredMessage(++sequence, null, arrival, new byte[0], true));
      return decision;
    }

    private Decision due() {
      if (row == null || row.dueAt() == null) {
        return Decision.keep(Step.UNCHANGED, row);
      }
      now = Math.max(now, row.dueAt().getEpochSecond() - at(0).getEpochSecond());
      boolean waits = row.state() == KeyState.WAITING;
      int oldest = waits ? row.policy().maxBatch() + 1 : row.batch().messages();
      return Protocol.due(
          row, pending.subList(0, Math.min(oldest, pending.size())), ++token, at(now));
    }

    private Decision unreadable(long anyToken, int messages) {
      BatchRow b = row == null ? null : row.batch();
      BatchRow claimed =
          new BatchRow(b == null ? 0 : b.id(), anyToken, 1, messages, 0, at(0), at(0), false);
      Decision decision = Protocol.unreadable(row, claimed, messages, ++sequence, at(now));
      for (int i = 0; decision.changes() && i < messages; i++) {
        pending.remove(random.nextInt(row.batch().messages() - i));
      }
      return decision;
    }

    private Decision restart() {
      now -= random.nextInt(3) == 0 ? random.nextInt(300) : 0;
      return row == null
          ? Decision.keep(Step.UNCHANGED, null)
          : Protocol.recover(row, RETRY, at(now));
    }

    private void check(KeyRow before, Decision decision) {
      check(decision.changes() || row == before, "nothing changes");
      count(decision.step());
      check((row == null) == pending.isEmpty(), "a row as long as messages are pending (G3, G15)");
      if (row == null) {
        return;
      }
      check(row.pending() == pending.size(), "all pending messages are counted (G2)");
      check(before == null || row.startedAt().equals(before.startedAt()), "startedAt stays (G8)");
      check(!row.startedAt().isAfter(pending.get(0).arrivedAt()), "startedAt is the oldest (G8)");
      for (int i = 1; i < pending.size(); i++) {
        Instant arrival = pending.get(i).arrivedAt();
        check(!arrival.isBefore(pending.get(i - 1).arrivedAt()), "arrivals never decrease (G8)");
      }
      if (row.state() == KeyState.WAITING) {
        Instant latest = row.window().countsFrom().plus(row.policy().maxWait());
        check(!row.dueAt().isAfter(latest), "due by base plus maxWait (G7)");
        check(!row.window().countsFrom().isAfter(at(now)), "the base is not ahead of now (G7)");
        check(!row.window().dueNow() || !row.dueAt().isAfter(at(now)), "due now stays due now");
      }
      if (row.window() != null) {
        boolean full = row.late() >= row.policy().maxBatch();
        check(!full || row.window().dueNow(), "full is due now");
        StoredMessage first = pending.get(pending.size() - row.late());
        check(row.window().openedAt().equals(first.arrivedAt()), "openedAt is its oldest message");
      }
      if (row.batch() != null) {
        checkBatch(before == null ? null : before.batch(), row.batch(), decision.step());
      }
    }

    private void count(Step step) {
      attempts =
          switch (step) {
            case CLAIMED -> attempts + 1;
            case RELEASED -> attempts - 1;
            case COMPLETED, DEAD_LETTERED -> 0;
            default -> row == null || row.batch() == null ? 0 : attempts;
          };
    }

    private void checkBatch(BatchRow before, BatchRow batch, Step step) {
      long last = pending.get(batch.messages() - 1).sequence();
      check(last <= batch.throughSequence(), "the batch is the oldest messages (G5)");
      boolean late = batch.messages() < pending.size();
      check(
          !late || pending.get(batch.messages()).sequence() > batch.throughSequence(),
          "the batch is all messages through its last (G5)");
      check(batch.attempt() == attempts, "attempts are claims that were not released (G11)");
      check(
          step != Step.BACKED_OFF || attempts < RETRY.maxAttempts(), "the last one is dead (G12)");
      check(batch.token() == token, "the token is that of the last claim (G10)");
      check(
          before == null
              || step == Step.SET_APART
              || (batch.id() == before.id() && batch.messages() == before.messages()),
          "a batch keeps its id and members (G11)");
    }

    private void check(boolean holds, String invariant) {
      if (!holds) {
        throw new AssertionError(
            history.stream().map(String::valueOf).collect(joining("\n", invariant + "\n", "")));
      }
    }

    private record Happened(long at, Decision decision, int pending) {}
  }
}
