// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What callers, handlers and listeners are told, against what is stored. */
final class RunCheck {

  private final Ledger ledger;

  RunCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  /** A receipt means stored, a refusal not stored; those apart that say they do not know. */
  void answered(Sent sent, @Nullable Receipt receipt, @Nullable Throwable refusal) {
    if (receipt != null) {
      Sent stored = ledger.sentBySequence.get(receipt.sequence());
      boolean same =
          stored != null && (receipt.isDuplicate() ? stored.isAgain(sent) : stored.equals(sent));
      String seen = "%s has the receipt %s, under whose sequence is %s";
      require(same, Promise.G1, seen, sent.payload(), receipt, stored);
      return;
    }
    Throwable why = refusal instanceof CompletionException ? refusal.getCause() : refusal;
    boolean unknown =
        why instanceof StoreException e && e.reason() == StoreException.Reason.OUTCOME_UNKNOWN;
    boolean stored = ledger.sentBySequence.containsValue(sent);
    require(unknown || !stored, Promise.G1, "%s is stored, and refused: %s", sent.payload(), why);
  }

  /** Gives the stage that the run ends with. */
  CompletionStage<?> handedOver(Life life, Batch<String> batch) {
    String what = life + " was handed " + batch.id() + ", attempt " + batch.attempt();
    require(!life.store.isClosed(), Promise.G16, "%s after it was closed", what);
    List<Long> sequences = batch.messages().stream().map(Message::sequence).toList();
    Claim run =
        ledger.claims.values().stream()
            .filter(c -> c.owner == life && c.key.equals(batch.key()))
            .filter(c -> c.state == Claim.State.CLAIMED && c.members.equals(sequences))
            .filter(c -> c.batch.attempt() == batch.attempt())
            .reduce((earlier, later) -> later)
            .orElseThrow(
                () -> new Violation(Promise.G4, what + " and has not claimed " + sequences));
    run.state = Claim.State.OPEN;
    run.handed = batch;
    CompletionStage<?> unused =
        run.stage.whenComplete((nothing, failure) -> over(run, failure == null));
    return run.stage;
  }

  private void over(Claim run, boolean returned) {
    if (run.isOpen()) {
      run.state = returned ? Claim.State.RETURNED : Claim.State.THREW;
      if (run.isTakenOver()) {
        ledger.tally.endedStale();
      }
    }
  }

  /** Ends a run as its handler would. */
  void end(Claim run, int how) {
    switch (Math.floorMod(how, 3)) {
      case 0 -> run.stage.complete(null);
      case 1 -> run.stage.completeExceptionally(new IllegalStateException("planned"));
      default -> ask(run, Objects.requireNonNull(run.handed));
    }
  }

  /** Whoever asks whether his batch is current is told so when it was taken over. */
  private void ask(Claim run, Batch<String> batch) {
    boolean was = run.isTakenOver();
    try {
      batch.ensureCurrent();
    } catch (StaleBatchException stale) {
      run.stage.completeExceptionally(stale);
      require(run.isTakenOver(), Promise.G10, "the %s is said to be stale, and is not", run);
      ledger.tally.wasTold();
      return;
    } catch (RuntimeException refused) {
      run.stage.completeExceptionally(refused);
      return;
    }
    require(!was, Promise.G10, "the %s was taken over, and is said to be current", run);
    run.stage.complete(null);
  }

  /** The buffer says by itself that a run's batch was taken over. */
  void lost(Life life, BatchInfo batch) {
    Claim run =
        ledger.claims.values().stream()
            .filter(c -> c.owner == life && batch.id().endsWith("-" + c.batch.id()))
            .filter(c -> c.isTakenOver() && !c.told && c.batch.attempt() == batch.attempt())
            .findFirst()
            .orElseThrow(
                () ->
                    new Violation(
                        Promise.G10, life + " says that " + batch.id() + " was taken over"));
    run.told = true;
    ledger.tally.wasTold();
  }
}
