// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.EachFailure.Broken;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.simulation.Event;
import io.github.debouncedbuffer.testkit.simulation.Failure;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Replay;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call that the engine makes of the store fails once, in each way, and all promises hold: the
 * buffer works on, or it is closed and the next one finds everything.
 */
class EachFailureTest {

  private final Set<String> called = new TreeSet<>();

  @Test
  void G17_inMemory_everyTransactionAndEveryCall_failsOnce() {
    Simulation simulation = Simulation.inMemory();
    EachFailure each = new EachFailure(simulation);
    for (Scenario scenario : EveryVerb.SCENARIOS) {
      for (Scenario drained : EachFailure.drained(scenario)) {
        passes(simulation, each.ofTransactions(drained));
      }
      passes(simulation, each.ofCalls(scenario, EachFailure.OF_A_CALL));
    }
    assertThat(each.transactions()).isGreaterThan(2_000);
    assertThat(each.calls()).isGreaterThan(3_000);
    write("26-each-failure-in-memory", "in memory", each);
  }

  /** What a call inside says makes no difference to SQLite, which rolls back: one kind will do. */
  @Test
  void G17_onSqlite_transactionsAndCalls_failOnce(@TempDir Path directory) {
    Simulation simulation = SqliteSource.simulation(directory);
    EachFailure each = new EachFailure(simulation);
    passes(simulation, each.ofTransactions(EveryVerb.RETRIES));
    passes(simulation, each.ofTransactions(EveryVerb.RESTARTS));
    passes(simulation, each.ofCalls(EveryVerb.UNREADABLE, List.of(Failure.FULL)));
    assertThat(each.transactions()).isGreaterThan(250);
    assertThat(each.calls()).isGreaterThan(100);
    write("27-each-failure-on-sqlite", "on SQLite", each);
  }

  private static void write(String name, String where, EachFailure each) {
    Proof.write(
        name,
        "each store call fails once, %s: %,d failed transactions, %,d failed calls inside",
        where,
        each.transactions(),
        each.calls());
  }

  private static void passes(Simulation simulation, Optional<Broken> found) {
    found.ifPresent(
        broken -> {
          throw new AssertionError(
              Replay.of(simulation, broken.scenario(), Path.of("target", "timeline.html")),
              broken.violation());
        });
  }

  @Test
  void theScenarios_haveEveryEvent_andEveryMethodOfTheStore() {
    for (Event event : Event.values()) {
      assertThat(EveryVerb.SCENARIOS).as("%s", event).anyMatch(scenario -> has(scenario, event));
    }
    assertThat(called)
        .containsAll(
            Stream.of(StoreTransaction.class.getMethods())
                .map(Method::getName)
                .filter(name -> !name.equals("unwrap")) // the stores here offer nothing
                .toList());
  }

  private boolean has(Scenario scenario, Event event) {
    Simulation seen = Simulation.over(() -> new WrappedSource(this::seen));
    String counts = seen.play(scenario).coverage().toString();
    return counts.lines().anyMatch(line -> line.matches(event + " .*[1-9].*"));
  }

  private <R> R seen(BufferStore store, StoreWork<R> work) {
    return store.transact(transaction -> work.in(seen(transaction)));
  }

  private StoreTransaction seen(StoreTransaction transaction) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              return method.invoke(transaction, arguments);
            });
  }

  @Test
  void aStoreThatKeepsWhatAFailedTransactionHasDone_isFound() {
    Simulation broken = Simulation.over(() -> new WrappedSource(EachFailureTest::half));
    Broken found = EachFailureJudge.judge(broken).orElseThrow();
    assertThat(found.violation().promise()).isEqualTo(Promise.G1);
  }

  private record Half<R>(@Nullable R result, @Nullable StoreException failure) {}

  private static <R> R half(BufferStore store, StoreWork<R> work) {
    Half<R> half =
        store.transact(
            transaction -> {
              try {
                return new Half<>(work.in(transaction), null);
              } catch (StoreException failure) {
                return new Half<>(null, failure);
              }
            });
    if (half.failure() != null) {
      throw half.failure();
    }
    return half.result();
  }
}
