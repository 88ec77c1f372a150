// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.present;
import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at a batch at the moment at which the handler gets it. */
final class HandOverCheck {

  private final Ledger ledger;

  HandOverCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Checks the batch and takes down its run. */
  Run handedOver(Batch<String> batch, Instant now) {
    Run before = ledger.runs.get(batch.key());
    require(
        before == null || !before.isOpen(),
        Promise.G4,
        "%s was handed over while another run of %s is open",
        batch.id(),
        batch.key());
    List<Kept> members = members(batch);
    View.KeyView view = ledger.view.of(batch.key());
    String unclaimed = batch.id() + " was handed over without a claim";
    KeyRow row = present(view.row(), Promise.G10, unclaimed);
    BatchRow claimed = present(row.batch(), Promise.G10, unclaimed);
    require(
        row.state() == KeyState.RUNNING && batch.id().endsWith("-" + claimed.id()),
        Promise.G10,
        "%s; the row is %s",
        unclaimed,
        row);
    if (claimed.messages() > 0) { // none are, if it was erased after the claim
      complete(batch, members, view, claimed);
    }
    require(
        batch.attempt() == claimed.attempt(),
        Promise.G11,
        "attempt %d was handed over, claimed was %s",
        batch.attempt(),
        claimed);
    List<Kept> known = ledger.membersByBatch.putIfAbsent(batch.id(), members);
    require(
        known == null || known.equals(members),
        Promise.G11,
        "%s has other members than on its attempt before",
        batch.id());
    require(
        ledger.openRuns(now) < ledger.setup.workers(),
        Promise.G14,
        "%s was handed over with %d runs open, workers are %d",
        batch.id(),
        ledger.openRuns(now),
        ledger.setup.workers());
    Run run = new Run(batch, claimed, members, now);
    members.forEach(kept -> kept.lastRun = run);
    ledger.runs.put(batch.key(), run);
    return run;
  }

  /** Late messages have joined: what the handler was told, the store must say too. */
  void absorbed(Run run, Batch<String> grown) {
    if (!run.isOpen()) {
      return; // it ended before it was told: what has joined is the rest that it left
    }
    List<Kept> members = members(grown, run);
    require(
        members.subList(0, run.members.size()).equals(run.members),
        Promise.G11,
        "%s lost members when late messages joined it",
        grown.id());
    KeyRow row = ledger.view.of(run.key).row();
    BatchRow stored = row == null ? null : row.batch();
    require(
        stored != null
            && stored.token() == run.token
            && stored.throughSequence() == members.get(members.size() - 1).sequence,
        Promise.G9,
        "%s has absorbed messages that are still late in the store",
        grown.id());
    ledger.membersByBatch.put(grown.id(), members);
    run.members.clear();
    run.members.addAll(members);
    run.batch = grown;
    members.forEach(kept -> kept.lastRun = run);
  }

  private List<Kept> members(Batch<String> batch) {
    return members(batch, null);
  }

  /** {@code same}: the run that goes on with them, if it is one. */
  private List<Kept> members(Batch<String> batch, @Nullable Run same) {
    List<Kept> members = new ArrayList<>();
    long last = 0;
    for (Message<String> message : batch.messages()) {
      long sequence = message.sequence();
      Kept kept = ledger.keptBySequence.get(sequence);
      if (kept == null) {
        throw new Violation(Promise.G2, "message " + sequence + " was handed over, never stored");
      }
      require(
          kept.sent.key.equals(batch.key()),
          Promise.G14,
          "message %d of %s was handed over as %s's",
          sequence,
          kept.sent.key,
          batch.key());
      require(
          kept.sent.payload.equals(message.payload()),
          Promise.G2,
          "message %d was handed over with another payload",
          sequence);
      require(
          sequence > last, Promise.G5, "message %d comes after %d in its batch", sequence, last);
      require(
          kept.lastRun == null || kept.lastRun == same || !kept.lastRun.hasHandled(kept),
          Promise.G9,
          "message %d was handed over again, though a handler has handled it",
          sequence);
      last = sequence;
      members.add(kept);
    }
    return members;
  }

  /** All that is pending up to the batch's last message, and nothing else. */
  private static void complete(
      Batch<String> batch, List<Kept> members, View.KeyView view, BatchRow claimed) {
    long last = members.get(members.size() - 1).sequence;
    for (StoredMessage message : view.messages()) {
      boolean handed = members.stream().anyMatch(kept -> kept.sequence == message.sequence());
      require(
          handed || message.sequence() > last,
          Promise.G5,
          "%s was handed over without the older message %d",
          batch.id(),
          message.sequence());
      require(
          handed || message.sequence() > claimed.throughSequence(),
          Promise.G2,
          "%s was handed over without its member %d",
          batch.id(),
          message.sequence());
    }
    require(
        members.size() == claimed.messages(),
        Promise.G5,
        "%d messages were handed over, claimed was %s",
        members.size(),
        claimed);
  }
}
