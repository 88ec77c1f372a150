// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;
import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import java.time.Duration;
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
    for (String key : ledger.keys) {
      KeyRow row = ledger.view.of(key).row();
      if (row == null) {
        continue;
      }
      for (Node node : nodes) {
        Life life = node.life;
        if (life != null && life.isAlive() && !life.closing) {
          prompt(row, life, now);
        }
      }
    }
  }

  private void prompt(KeyRow row, Life life, Instant now) {
    BatchRow batch = row.batch();
    Duration patience = ledger.beat().plus(Ledger.SOON);
    boolean calm = life.node.calmSince.plus(patience).isBefore(now);
    if (row.state() == KeyState.RUNNING && batch != null) {
      Instant until = batch.leaseUntil() == null ? batch.since() : batch.leaseUntil();
      require(
          !calm || !until.plus(patience).isBefore(now),
          Promise.G3,
          "at %s %s has yet to take over %s",
          now,
          life,
          row);
    } else if (row.dueAt() != null && mayClaim(row, life)) {
      due(row, life, now, patience);
    }
  }

  private boolean mayClaim(KeyRow row, Life life) {
    boolean recovered = row.batch() != null && row.batch().recovered();
    return ledger.busy(life) < ledger.scenario.setup().workers()
        && !(recovered && ledger.runsRecovered(life));
  }

  private void due(KeyRow row, Life life, Instant now, Duration patience) {
    Ledger.DueSince since = requireNonNull(ledger.dueSince.get(row.key()));
    Instant dueAt = requireNonNull(row.dueAt());
    boolean knows = life.knows >= since.commit() || life.heard.contains(dueAt);
    Duration bound = knows ? Ledger.SOON : patience;
    Instant from = later(later(dueAt, since.at()), life.node.calmSince);
    require(
        !from.plus(bound).isBefore(now),
        Promise.G3,
        "at %s %s, which %s of it, has yet to claim %s",
        now,
        life,
        knows ? "knows" : "was not told",
        row);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
