// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;
import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import java.time.Instant;
import java.util.List;

/**
 * When all is quiet and only time can bring more: nothing that is due waits for longer than it
 * takes a node to look, as long as one is well and has a worker free.
 */
final class PromptCheck {

  private final Ledger ledger;
  private final List<Node> nodes;

  PromptCheck(Ledger ledger, List<Node> nodes) {
    this.ledger = ledger;
    this.nodes = nodes;
  }

  void quiet(Instant now) {
    for (Node node : nodes) {
      Life life = node.life;
      if (life != null && life.isAlive() && !life.closing) {
        for (String key : ledger.keys) {
          KeyRow row = ledger.view.of(key).row();
          if (row != null) {
            prompt(row, life, now);
          }
        }
        told(life, now);
      }
    }
  }

  /** As long as it takes a node to beat that has been well since then. */
  private boolean isBeyond(Instant since, Life life, Instant now) {
    return later(since, life.node.calmSince).plus(ledger.beat()).plus(Ledger.SOON).isBefore(now);
  }

  private void told(Life life, Instant now) {
    for (Claim run : ledger.claims.values()) {
      Instant since = run.takenOverAt;
      boolean untold = run.owner == life && run.isOpen() && since != null && !run.told;
      require(
          !untold || !isBeyond(requireNonNull(since), life, now),
          Promise.G10,
          "at %s nobody has said that the %s was taken over at %s",
          now,
          run,
          since);
    }
  }

  private void prompt(KeyRow row, Life life, Instant now) {
    BatchRow batch = row.batch();
    if (row.state() == KeyState.RUNNING && batch != null) {
      Instant until = batch.leaseUntil() == null ? batch.since() : batch.leaseUntil();
      boolean late = isBeyond(until, life, now);
      require(!late, Promise.G3, "at %s %s has yet to take over %s", now, life, row);
    } else if (row.dueAt() != null && mayClaim(row, life)) {
      due(row, life, now);
    }
  }

  private boolean mayClaim(KeyRow row, Life life) {
    boolean recovered = row.batch() != null && row.batch().recovered();
    return ledger.busy(life) < ledger.scenario.setup().workers()
        && !(recovered && ledger.runsRecovered(life));
  }

  private void due(KeyRow row, Life life, Instant now) {
    Ledger.DueSince since = requireNonNull(ledger.dueSince.get(row.key()));
    Instant dueAt = requireNonNull(row.dueAt());
    boolean knows = life.knows >= since.commit() || life.heard.contains(dueAt);
    Instant from = later(dueAt, since.at());
    boolean late =
        knows
            ? later(from, life.node.calmSince).plus(Ledger.SOON).isBefore(now)
            : isBeyond(from, life, now);
    String how = knows ? "knows" : "was not told";
    String seen = "at %s %s, which %s of it, has yet to claim %s";
    require(!late, Promise.G3, seen, now, life, how, row);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
