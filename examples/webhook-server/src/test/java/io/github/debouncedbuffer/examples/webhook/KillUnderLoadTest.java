// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Providers post from several threads to a server that is killed with SIGKILL in the middle and
 * started again on its file; they deliver until they have an answer. Then everything was answered,
 * in order. {@code -Dwebhook.seed} repeats the traffic.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillUnderLoadTest {

  private static final int THREADS = 8;
  private static final int POSTS_PER_THREAD = 400;
  private static final int UNTIL_KILL = THREADS * POSTS_PER_THREAD / 2;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final List<String> WITHOUT_IDS = List.of("facebook", "instagram");

  @TempDir Path folder;
  private final ExecutorService providers = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    providers.shutdownNow();
  }

  @Test
  void G1_G2_G5_killedUnderLoad_everyPostIsAnswered_inOrder() throws Exception {
    long seed = Long.getLong("webhook.seed", System.nanoTime());
    List<Traffic> traffic =
        IntStream.range(0, THREADS)
            .mapToObj(thread -> Traffic.of(thread, POSTS_PER_THREAD, new Random(seed + thread)))
            .toList();
    Map<String, List<String>> posted = textsByKey(traffic);
    int messages = posted.values().stream().mapToInt(List::size).sum();

    Deliveries deliveries;
    try (ServerProcess killed = server()) {
      deliveries = new Deliveries(UNTIL_KILL, killed.provider);
      List<Future<?>> running = start(traffic, deliveries);
      awaitHalf(deliveries, running);
      killed.kill();
      assertThat(answers().messages()).as("answered at the kill").isBetween(1, messages - 1);
      try (ServerProcess restarted = server()) {
        deliveries.moveTo(restarted.provider);
        for (Future<?> provider : running) {
          provider.get();
        }
        awaitAnswers(messages);
        assertThat(restarted.end()).isZero();
      }
    }

    AnswerJournal answers = answers();
    assertThat(answers.differences(posted)).as("-Dwebhook.seed=%d", seed).isEmpty();
    assertThat(deliveries.interrupted()).as("killed under load").isPositive();
    judgeTimes(deliveries, answers, messages);
  }

  private ServerProcess server() throws Exception {
    return new ServerProcess(folder.resolve("chat.db"), folder.resolve("journal.txt"));
  }

  private AnswerJournal answers() throws Exception {
    return AnswerJournal.read(folder.resolve("journal.txt")).withoutRepetitionsOf(WITHOUT_IDS);
  }

  private static Map<String, List<String>> textsByKey(List<Traffic> traffic) {
    return traffic.stream()
        .flatMap(thread -> thread.messages().stream())
        .collect(groupingBy(Inbound::key, mapping(Inbound::text, toList())));
  }

  private List<Future<?>> start(List<Traffic> traffic, Deliveries deliveries) {
    List<Future<?>> running = new ArrayList<>();
    for (Traffic thread : traffic) {
      running.add(
          providers.submit(
              () -> {
                deliveries.deliver(thread);
                return null;
              }));
    }
    return running;
  }

  private static void awaitHalf(Deliveries deliveries, List<Future<?>> running) throws Exception {
    boolean come = deliveries.untilKill.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
    for (Future<?> provider : running) {
      if (!come && provider.isDone()) {
        provider.get(); // It says what was wrong.
      }
    }
    assertThat(come).as("half of the posts are answered").isTrue();
  }

  /** The server is another process: there is nothing to wait on but what it writes. */
  private void awaitAnswers(int messages) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (answers().messages() < messages && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** A post that the kill cut off has no time; one that was delivered again has. */
  private static void judgeTimes(Deliveries deliveries, AnswerJournal answers, int messages) {
    List<Long> micros = deliveries.sortedMicros();
    long median = micros.get(micros.size() / 2);
    long p99 = micros.get(micros.size() * 99 / 100);
    System.out.printf(
        "webhooks under load: %,d posts answered, %d cut off by the kill, %,d messages in %,d answers"
            + " (%d repeated); a post takes %.1f ms (median), %.1f ms (p99), %.1f ms (longest)%n",
        micros.size(),
        deliveries.interrupted(),
        messages,
        answers.batches(),
        answers.repeated(),
        median / 1e3,
        p99 / 1e3,
        micros.get(micros.size() - 1) / 1e3);
    assertThat(p99).as("microseconds").isLessThan(TimeUnit.MILLISECONDS.toMicros(250));
  }
}
