// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.testkit.checking.History;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The shared data, the nodes, the one time, and those who check. */
final class World {

  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  /** So many tasks at one instant are a loop. */
  private static final int ENDLESS = 10_000;

  final Ledger ledger;
  final History history;
  final List<Node> nodes = new ArrayList<>();
  private final SharedSource source;
  private final CommitCheck commits;
  private final RunCheck runs;
  private final PromptCheck prompt;
  private Instant time = START;
  private int sent;
  private @Nullable Violation violation;

  World(NodesScenario scenario, SharedSource.Factory sources, History history) {
    this.ledger = new Ledger(scenario);
    this.history = history;
    this.commits = new CommitCheck(ledger);
    this.runs = new RunCheck(ledger);
    this.prompt = new PromptCheck(ledger, nodes);
    for (int i = 0; i < scenario.ahead().size(); i++) {
      nodes.add(new Node(i, scenario.ahead().get(i)));
    }
    this.source = sources.open(ledger.lease(), this::time);
  }

  /** The store's time. */
  Instant time() {
    return time;
  }

  /** Starts the node's process, unless it has one that is alive; false if that cannot be. */
  boolean start(Node node) {
    if (node.life != null && node.life.isAlive()) {
      return false;
    }
    Life next = new Life(this, node, source.node(node.number));
    node.life = next;
    node.restarted(time);
    history.add(time, "start", node);
    try {
      next.start();
      return true;
    } catch (StoreException failed) {
      node.life = null;
    } catch (RuntimeException broken) {
      violated(new Violation(Promise.G17, node + " does not start: " + broken));
    }
    return false;
  }

  /**
   * Lets time pass: from wake-up to wake-up, and at each everybody does what they have to do, those
   * apart that are paused.
   */
  void advance(Duration duration) {
    Instant end = time.plus(duration);
    runReady();
    for (Instant next = nextEvent(end); next.isBefore(end); next = nextEvent(end)) {
      passTo(next);
      runReady();
      if (violation != null) {
        return;
      }
    }
    passTo(end);
  }

  /** When something happens by itself: later than now, at the latest at the end. */
  private Instant nextEvent(Instant end) {
    Instant next = end;
    for (Node node : nodes) {
      Optional<Instant> wakeUp = node.life == null ? Optional.empty() : nextWakeUp(node.life);
      next = wakeUp.isPresent() && wakeUp.get().isBefore(next) ? wakeUp.get() : next;
      next = node.isPaused(time) && node.pausedUntil.isBefore(next) ? node.pausedUntil : next;
    }
    return next;
  }

  /** By the store's time. */
  Optional<Instant> nextWakeUp(Life life) {
    return life.clock.nextWakeUp().map(at -> at.minusSeconds(life.node.ahead));
  }

  private void passTo(Instant then) {
    Duration passed = Duration.between(time, then);
    time = then;
    for (Node node : nodes) {
      if (node.life != null) {
        node.life.clock.elapse(passed);
      }
    }
  }

  /** Runs tasks, one of each node in turn, until nobody has any. Then all is quiet. */
  private void runReady() {
    int ran = 0;
    for (boolean any = true; any && violation == null; ) {
      any = false;
      for (Node node : nodes) {
        any |= run(node, 0);
      }
      if (ran++ > ENDLESS) {
        violated(new Violation(Promise.G17, "at " + time + " there is no end to the tasks"));
      }
    }
    checked(() -> prompt.quiet(time));
  }

  /** Runs one of the node's ready tasks; false if it has none, or is paused. */
  boolean run(Node node, int index) {
    Life life = node.life;
    if (life == null || node.isPaused(time)) {
      return false;
    }
    life.store.deliver();
    int ready = life.clock.readyTasks();
    if (ready == 0) {
      return false;
    }
    try {
      life.clock.run(Math.floorMod(index, ready));
    } catch (AssertionError | IllegalStateException thrown) {
      violated(new Violation(Promise.G17, "a task of " + node + " threw: " + thrown));
    }
    return true;
  }

  /** Whether anybody who may run has something to do. */
  boolean isQuiet() {
    return nodes.stream().allMatch(n -> n.life == null || n.life.clock.readyTasks() == 0);
  }

  Sent send(Life life, String key, @Nullable String id) {
    Sent asked = new Sent(life, key, id, key + " " + ++sent);
    ledger.sentByPayload.put(asked.payload(), asked);
    return asked;
  }

  void answered(Sent sent, @Nullable Receipt receipt, @Nullable Throwable refusal) {
    history.add(time, "answer", sent.payload(), receipt, refusal);
    checked(() -> runs.answered(sent, receipt, refusal));
  }

  void committed(Life life, View left) {
    if (history.isKept()) {
      history.add(time, "committed by " + life + "\n" + left.inWords());
    }
    checked(() -> commits.committed(life, left, time));
  }

  CompletionStage<?> handedOver(Life life, Batch<String> batch) {
    history.add(time, "handed over", life, batch.id(), batch.attempt(), batch.payloads());
    CompletionStage<?>[] stage = new CompletionStage<?>[1];
    checked(() -> stage[0] = runs.handedOver(life, batch));
    return stage[0] == null ? new CompletableFuture<>() : stage[0];
  }

  void lost(Life life, BatchInfo batch) {
    history.add(time, "lost", life, batch.id());
    checked(() -> runs.lost(life, batch));
  }

  /** Ends a run as its handler would; the time does not pass. */
  void end(Claim run, int how) {
    history.add(time, "end", run, how);
    checked(() -> runs.end(run, how));
  }

  void checked(Runnable check) {
    if (violation != null) {
      return;
    }
    try {
      check.run();
    } catch (Violation broken) {
      violated(broken);
    }
  }

  void violated(Violation broken) {
    if (violation == null) {
      violation = broken;
      history.add(time, "VIOLATION", broken.getMessage());
    }
  }

  @Nullable Violation violation() {
    return violation;
  }

  void close() {
    source.close();
  }
}
