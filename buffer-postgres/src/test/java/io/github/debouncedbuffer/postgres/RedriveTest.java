// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;

/** Two nodes take hold of one dead letter at the same time. */
class RedriveTest {

  private static final String KEY = "wati:50370000001";

  private final PostgresOptions options = Server.newSchema();

  private DebouncedBuffer<String> node() {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(PostgresBufferStore.open(Server.source(), options))
        .window(WindowPolicy.fixed(Duration.ofMinutes(10)))
        .retry(RetryPolicy.DEFAULT.maxAttempts(1))
        .closeTimeout(Duration.ofSeconds(1))
        .handler(
            batch -> {
              throw new IllegalStateException("planned");
            })
        .start();
  }

  @RepeatedTest(10)
  void G2_G12_aLetterIsRedrivenByOneOfThem() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (var a = node();
        var b = node()) {
      long letter = deadLetter(a);
      List<Future<Boolean>> both = new ArrayList<>();
      for (DebouncedBuffer<String> node : List.of(a, b)) {
        Callable<Boolean> redrive = () -> node.redrive(letter);
        both.add(threads.submit(redrive));
      }
      assertThat(List.of(both.get(0).get(), both.get(1).get()))
          .containsExactlyInAnyOrder(true, false);
      assertThat(a.stats().store().pendingMessages()).isEqualTo(1);
      assertThat(a.stats().store().deadLetters()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @RepeatedTest(10)
  void aLetterThatIsErasedMeanwhile_doesNotComeBack() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (var a = node();
        var b = node()) {
      long letter = deadLetter(a);
      Future<Boolean> redriven = threads.submit(() -> b.redrive(letter));
      a.erase(KEY);
      if (redriven.get()) {
        a.erase(KEY); // it was first; what it has put back is pending
      }
      assertThat(a.stats().store().pendingMessages()).isZero();
      assertThat(a.stats().store().deadLetters()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private static long deadLetter(DebouncedBuffer<String> node) throws InterruptedException {
    node.submit(KEY, "hello");
    node.flush(KEY);
    while (node.deadLetters(0, 1).isEmpty()) {
      Thread.sleep(5);
    }
    return node.deadLetters(0, 1).get(0).id();
  }
}
