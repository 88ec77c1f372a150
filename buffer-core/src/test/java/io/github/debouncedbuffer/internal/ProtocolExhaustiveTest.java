// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.fixed;
import static io.github.debouncedbuffer.internal.Given.followUp;
import static io.github.debouncedbuffer.internal.Given.maxBatch;
import static io.github.debouncedbuffer.internal.Given.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every sequence of events, to a depth, under each of 36 settings; after every event all {@link
 * Promises} are checked. Depth first, so that memory holds one sequence at a time. A sequence ends
 * early at an event that changes nothing: what could follow it is walked without it.
 */
class ProtocolExhaustiveTest {

  /** The events of the protocol's table, in three shapes more, and the passing of time. */
  private enum Event {
    RECOVER,
    RECOVER_CLOCK_SET_BACK,
    TIME_PASSES,
    TIME_PASSES_TO_NEXT_DUE,
    SUBMIT,
    DUE,
    RETURNED,
    SUPERSEDED,
    FAILED,
    RELEASED,
    UNREADABLE,
    STALE_ENDS,
    FLUSH,
    EXTEND,
    DISCARD,
    WITHDRAW,
    ERASE,
    REDRIVE;

    boolean isOfAllKeys() {
      return ordinal() <= TIME_PASSES_TO_NEXT_DUE.ordinal();
    }

    boolean isInTable() {
      return this != TIME_PASSES && this != TIME_PASSES_TO_NEXT_DUE;
    }

    boolean needsRow() {
      return this == RECOVER || this == RECOVER_CLOCK_SET_BACK || this == DUE;
    }
  }

  private static final Event[] EVENTS = Event.values();
  private static final KeyState[] STATES = KeyState.values();
  private static final int IDLE = STATES.length;

  /** 16 events of the table in four states; recover, in both its shapes, and due need a row. */
  private static final int CELLS = 16 * 4 - 3;

  private final long[][] visits = new long[EVENTS.length][STATES.length + 1];
  private int keys;
  private PolicyRow policy;
  private long sequences;

  @ParameterizedTest(name = "of {0} keys, {1} events long")
  @CsvSource({"2, 6", "1, 7"})
  void everySequence_keepsThePromises(int ofKeys, int depth) {
    long began = System.nanoTime();
    keys = ofKeys;
    for (PolicyRow each : policies()) {
      policy = each;
      walk(Walk.begin(keys, RETRY.maxAttempts(1)), depth);
      walk(Walk.begin(keys, RETRY.maxAttempts(2)), depth);
    }
    Map<String, Long> cells = cells();
    long met = cells.values().stream().filter(n -> n > 0).count();
    double seconds = (System.nanoTime() - began) / 1e9;
    String line = "exhaustive: %,d sequences, %d distinct cells, depth %d, %d key(s), %.1f s";
    Proof.write(
        "10-exhaustive-" + keys,
        String.format(Locale.ROOT, line, sequences, met, depth, keys, seconds));
    assertThat(sequences).isGreaterThanOrEqualTo(1_000_000);
    assertThat(cells).hasSize(CELLS);
    cells.forEach((cell, n) -> assertThat(n).as(cell).isGreaterThanOrEqualTo(1_000));
  }

  private static List<PolicyRow> policies() {
    List<PolicyRow> policies = new ArrayList<>();
    for (PolicyRow base : List.of(fixed(35, 35), fixed(35, 60), quiet(10, 35))) {
      for (FollowUp timing : FollowUp.values()) {
        policies.add(maxBatch(followUp(base, timing), 1));
        policies.add(maxBatch(followUp(base, timing), 2));
      }
    }
    return policies;
  }

  private void walk(Walk walk, int left) {
    for (Event event : EVENTS) {
      for (int k = 0; k < (event.isOfAllKeys() ? 1 : keys); k++) {
        Walk next = after(walk, event, k);
        if (next != null) {
          count(walk, event, k);
          if (left > 1 && next.differsFrom(walk)) {
            walk(next, left - 1);
          } else {
            sequences++;
          }
        }
      }
    }
  }

  /** Null if the event cannot happen here: there is no row, no dead letter, nothing due later. */
  private @Nullable Walk after(Walk walk, Event event, int k) {
    PlainKey key = walk.plain(k);
    return switch (event) {
      case RECOVER -> walk.recover(walk.now);
      case RECOVER_CLOCK_SET_BACK -> walk.recover(walk.now - 20);
      case TIME_PASSES -> walk.passes(walk.now + 4);
      case TIME_PASSES_TO_NEXT_DUE -> nextDue(walk);
      case SUBMIT -> walk.submit(k, policy);
      case DUE -> key.state == null ? null : walk.due(k);
      case RETURNED -> walk.returned(k, key.token);
      case SUPERSEDED -> walk.superseded(k, key.token, 1);
      case FAILED -> walk.failed(k, key.token);
      case RELEASED -> walk.released(k, key.token, 3);
      case UNREADABLE -> unreadable(walk, k, key);
      case STALE_ENDS -> staleEnds(walk, k, key);
      case FLUSH -> walk.flush(k);
      case EXTEND -> walk.extend(k, walk.now + 40);
      case DISCARD -> walk.discard(k);
      case WITHDRAW -> walk.withdraw(k, 0);
      case ERASE -> walk.erase(k);
      case REDRIVE -> key.dead.isEmpty() ? null : walk.redrive(k, policy);
    };
  }

  private @Nullable Walk nextDue(Walk walk) {
    long next = Long.MAX_VALUE;
    for (int k = 0; k < keys; k++) {
      long due = walk.plain(k).due;
      next = due > walk.now ? Math.min(next, due) : next;
    }
    return next == Long.MAX_VALUE ? null : walk.passes(next);
  }

  /** The newest member. */
  private static Walk unreadable(Walk walk, int k, PlainKey key) {
    return key.state == KeyState.RUNNING && !key.members.isEmpty()
        ? walk.unreadable(k, key.token, key.id, key.members.size() - 1)
        : walk.unreadable(k, key.token, key.id);
  }

  /** Each end under the token of the claim before, and unreadable for a batch of another id. */
  private static Walk staleEnds(Walk walk, int k, PlainKey key) {
    long former = key.formerToken;
    Walk ended = walk.returned(k, former).failed(k, former).released(k, former, 3);
    return ended.unreadable(k, former, key.id).unreadable(k, key.token, -1);
  }

  private void count(Walk walk, Event event, int k) {
    for (int each = k; each <= (event.isOfAllKeys() ? keys - 1 : k); each++) {
      KeyState state = walk.plain(each).state;
      visits[event.ordinal()][state == null ? IDLE : state.ordinal()]++;
    }
  }

  private Map<String, Long> cells() {
    Map<String, Long> cells = new TreeMap<>();
    for (Event event : EVENTS) {
      for (int state = 0; state <= IDLE; state++) {
        if (event.isInTable() && !(state == IDLE && event.needsRow())) {
          String cell = event + " while " + (state == IDLE ? "IDLE" : STATES[state]);
          cells.put(cell, visits[event.ordinal()][state]);
        }
      }
    }
    return cells;
  }
}
