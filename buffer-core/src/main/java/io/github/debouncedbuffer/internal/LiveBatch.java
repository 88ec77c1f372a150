// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.CompletionWork;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** A batch in the hands of its handler. */
final class LiveBatch<P> implements Batch<P> {

  private final Run<P> run;
  private final String id;
  private final KeyRow row;
  private final BatchRow batch;
  private final List<Message<P>> messages;

  LiveBatch(Run<P> run, String id, KeyRow row, List<Message<P>> messages) {
    this.run = run;
    this.id = id;
    this.row = row;
    this.batch = Draft.batchOf(row);
    this.messages = List.copyOf(messages);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String key() {
    return row.key();
  }

  @Override
  public List<Message<P>> messages() {
    return messages;
  }

  @Override
  public int attempt() {
    return batch.attempt();
  }

  @Override
  public int maxAttempts() {
    return run.maxAttempts();
  }

  @Override
  public Instant startedAt() {
    return row.startedAt();
  }

  @Override
  public Instant openedAt() {
    return batch.openedAt();
  }

  BatchInfo info() {
    return new BatchInfo(id, key(), messages.size(), attempt(), startedAt(), openedAt());
  }

  @Override
  public boolean hasNewer() {
    return ask(unit -> RunSteps.hasNewer(unit, row));
  }

  @Override
  public Batch<P> absorb() {
    requireFirstAttempt("absorb late messages");
    while (true) {
      List<Message<P>> late = run.decodedPrefix(ask(unit -> RunSteps.late(unit, run, row)));
      if (late.isEmpty()) {
        return this;
      }
      Optional<KeyRow> grown = ask(unit -> RunSteps.absorb(unit, run, row, late));
      if (grown.isPresent()) {
        return grown(grown.get(), late);
      } // else some of them were discarded or withdrawn meanwhile
    }
  }

  private Batch<P> grown(KeyRow grown, List<Message<P>> late) {
    int joined = Draft.batchOf(grown).messages() - batch.messages();
    List<Message<P>> all = new ArrayList<>(messages);
    all.addAll(late.subList(0, joined));
    return new LiveBatch<>(
        run, run.support().reporter.batchId(Draft.batchOf(grown).id()), grown, all);
  }

  @Override
  public void ensureCurrent() {
    Instant asked;
    do {
      run.requireOpen();
      asked = run.support().now();
      ask(unit -> RunSteps.ensureCurrent(unit, run, row));
    } while (run.support().isMuchOfALeaseSince(asked)); // the answer is of the past
  }

  private <R> R ask(Function<Unit, Supplier<R>> step) {
    return run.support().ask(key(), step);
  }

  @Override
  public CompletionStage<Void> superseded() {
    return run.superseded.minimalCompletionStage();
  }

  @Override
  public void acknowledge(int first) {
    requireFirstAttempt("be acknowledged in part");
    if (first < 1 || first > messages.size()) {
      throw new IllegalArgumentException(
          "first " + first + " must be from 1 to the batch's " + messages.size() + " messages");
    }
    run.acknowledge(first, messages.get(first - 1).sequence());
  }

  @Override
  public <T> void onComplete(Class<T> type, CompletionWork<? super T> work) {
    Objects.requireNonNull(work, "work");
    run.support().requireOffered(type);
    run.completeWith(transaction -> work.with(transaction.unwrap(type)));
  }

  private void requireFirstAttempt(String what) {
    if (batch.attempt() != 1) {
      throw new IllegalStateException(
          "on attempt "
              + batch.attempt()
              + " the batch cannot "
              + what
              + ": its members are frozen");
    }
  }

  /** Without its payloads. */
  @Override
  public String toString() {
    return "Batch " + id + " of " + Mask.key(key()) + ", " + messages.size() + " messages";
  }
}
