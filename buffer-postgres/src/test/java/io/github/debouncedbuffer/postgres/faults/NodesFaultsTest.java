// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.faults.TcpProxy.Mode;
import io.github.debouncedbuffer.spi.BufferStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two nodes: one reaches the server through the proxy, the other one always. */
class NodesFaultsTest extends Faulty {

  private static final Duration WINDOW = Duration.ofMillis(200);

  private static DebouncedBuffer<String> node(
      BufferStore store, OffClock clock, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(WINDOW))
        .retry(RetryPolicy.DEFAULT.backoff(Duration.ofMillis(10), Duration.ofMillis(10)))
        .closeTimeout(Duration.ofSeconds(1))
        .clock(clock)
        .handler(handler)
        .start();
  }

  private BufferStore direct() {
    return PostgresBufferStore.open(Server.at(server.port()), options());
  }

  @Test
  void G4_G10_faults12_faults39_aNodeThatIsCutOffForLongerThanItsLease_isFenced() throws Exception {
    var begun = new CountDownLatch(1);
    var takenOver = new CountDownLatch(1);
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    BlockingQueue<Batch<String>> there = new LinkedBlockingQueue<>();
    try (var clockA = new OffClock(Duration.ZERO);
        var clockB = new OffClock(Duration.ZERO);
        var a =
            node(
                store,
                clockA,
                batch -> {
                  begun.countDown();
                  takenOver.await();
                  told.complete(catchThrowable(batch::ensureCurrent));
                })) {
      a.submit(KEY, "hello");
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      proxy.mode(Mode.BLACK_HOLE);
      try (var b = node(direct(), clockB, there::add)) {
        Batch<String> again = there.poll(20, TimeUnit.SECONDS);
        assertThat(again).as("taken over").isNotNull();
        assertThat(again.payloads()).containsExactly("hello");
        assertThat(again.attempt()).isEqualTo(2);
        b.submit(KEY, "next");
        assertThat(there.poll(20, TimeUnit.SECONDS).payloads()).containsExactly("next");
        proxy.mode(Mode.PASS);
        proxy.cut();
        eventually(() -> assertThat(a.stats().store().pendingMessages()).isZero());
        takenOver.countDown();
        assertThat(told.get(10, TimeUnit.SECONDS)).isInstanceOf(StaleBatchException.class);
        eventually(() -> assertThat(a.stats().runs()).isZero());
        assertThat(a.stats().completed()).isZero();
        assertThat(b.stats().completed()).isEqualTo(2);
        assertThat(b.stats().store().pendingMessages()).isZero();
        assertThat(there).isEmpty();
      }
    }
  }

  @Test
  void G4_G6_faults40_nodesWhoseClocksAreAnHourApart_goByTheServersTime() throws Exception {
    BlockingQueue<Instant> handled = new LinkedBlockingQueue<>();
    var renewed = new CountDownLatch(1);
    Handler<String> handler =
        batch -> {
          handled.add(Instant.now());
          renewed.await();
        };
    try (var ahead = new OffClock(Duration.ofHours(1));
        var behind = new OffClock(Duration.ofHours(-1));
        var a = node(store, ahead, handler);
        var b = node(direct(), behind, handler)) {
      Instant before = Instant.now();
      a.submit(KEY, "to the one ahead");
      b.submit(OTHER, "to the one behind");
      for (int i = 0; i < 2; i++) {
        Instant at = handled.poll(10, TimeUnit.SECONDS);
        assertThat(at).isNotNull();
        assertThat(Duration.between(before, at)).isBetween(WINDOW, Duration.ofSeconds(2));
      }
      Instant onlyIfRenewed = Instant.now().plus(options().lease().multipliedBy(2));
      long nanos = TimeUnit.MILLISECONDS.toNanos(onlyIfRenewed.toEpochMilli());
      eventually(() -> assertThat(leases()).hasSize(2).allMatch(until -> until > nanos));
      renewed.countDown();
      eventually(() -> assertThat(a.stats().completed() + b.stats().completed()).isEqualTo(2));
      assertThat(handled).as("no batch was run twice").isEmpty();
      assertThat(a.stats().store().pendingMessages()).isZero();
    }
  }

  /** Until when the batches that run are claimed, in nanoseconds since the epoch. */
  private static List<Long> leases() throws SQLException {
    return server
        .texts("SELECT batch_lease_until FROM debounced_buffer.keys WHERE state = 'RUNNING'")
        .stream()
        .map(Long::valueOf)
        .toList();
  }
}
