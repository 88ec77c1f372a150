// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.benchmarks.scale.Stores;
import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The benchmarks run, each for a few milliseconds; what they measure here is nothing. */
class SmallPartsTest {

  /** Somebody may be measuring on this machine: a test need not wait for him. */
  @BeforeAll
  static void besideOthers() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  private static ChainedOptionsBuilder quick(Class<?> benchmark) {
    return new OptionsBuilder()
        .include(benchmark.getName() + ".*")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(5))
        .shouldFailOnError(true);
  }

  private static void runs(int benchmarks, ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    assertThat(results)
        .hasSize(benchmarks)
        .allSatisfy(r -> assertThat(r.getPrimaryResult().getScore()).isPositive());
  }

  @Test
  void theCodec_isMeasured() throws RunnerException {
    runs(4, quick(CodecBenchmark.class));
  }

  @ParameterizedTest
  @EnumSource
  void transactions_areMeasured(Stores store) throws RunnerException {
    runs(6, quick(TransactionBenchmark.class).param("kind", store.name()));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDue_isMeasured(Stores store) throws RunnerException {
    runs(2, quick(DueBenchmark.class).param("kind", store.name()).param("keys", "100"));
  }

  @Test
  void submits_areMeasured() throws RunnerException {
    runs(2, quick(SubmitBenchmark.class));
  }
}
