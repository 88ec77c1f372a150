// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store whose way to its server goes through a proxy. */
abstract class Faulty {

  static final String KEY = "wati:50370000001";
  static final String OTHER = "wati:50370000002";
  static final Duration SOCKET = Duration.ofSeconds(2);

  /** No fault keeps a caller longer than this: the timeouts, and the way back. */
  static final Duration BOUND = Duration.ofSeconds(15);

  static Server server;
  TcpProxy proxy;
  Commits commits;
  BufferStore store;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException {
    server = new Server(data.resolve("server"));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    server.execute("DROP SCHEMA IF EXISTS debounced_buffer CASCADE");
    proxy = new TcpProxy(server.port());
    commits = new Commits(Server.at(proxy.port()));
    store = PostgresBufferStore.open(commits.source(), options());
  }

  static PostgresOptions options() {
    return PostgresOptions.defaults()
        .withCompletionTimeout(Duration.ofSeconds(1))
        .withSocketTimeout(SOCKET)
        .withLockTimeout(Duration.ofSeconds(4))
        .withLease(Duration.ofSeconds(2));
  }

  @AfterEach
  void close() throws Exception {
    proxy.mode(TcpProxy.Mode.PASS);
    store.close();
    proxy.close();
  }

  void append(String text) {
    store.transact(transaction -> transaction.append(List.of(message(text))));
  }

  static NewMessage message(String text) {
    return new NewMessage(KEY, null, Instant.EPOCH, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Keys with a row that can be locked. */
  void waiting(String... keys) {
    Instant now = Instant.EPOCH;
    var policy =
        new PolicyRow(false, Duration.ofSeconds(1), Duration.ofSeconds(1), 100, "FROM_ARRIVAL");
    var window = new WindowRow(1, now, now, false);
    store.transact(
        transaction -> {
          transaction.lock(List.of(keys));
          for (String key : keys) {
            transaction.save(
                List.of(
                    new KeyRow(
                        key, KeyState.WAITING, now, now, now, null, policy, window, null, 0)));
          }
          return true;
        });
  }

  List<String> stored() {
    return store
        .transact(transaction -> transaction.read(List.of(MessageRange.after(KEY, 0))))
        .getOrDefault(KEY, List.of())
        .stream()
        .map(StoredMessage::payload)
        .map(payload -> new String(payload, StandardCharsets.UTF_8))
        .toList();
  }

  /** The answer to a COMMIT is lost, and the way is mended once another connection sees it. */
  void loseTheAnswer(Callable<Boolean> isStored) {
    proxy.mode(TcpProxy.Mode.NO_ANSWERS);
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (!isStored.call()) {
                  Thread.onSpinWait();
                }
                proxy.mode(TcpProxy.Mode.PASS);
                proxy.cut();
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
    watcher.setDaemon(true);
    watcher.start();
  }

  /** The check holds within bounds, whatever the store answers meanwhile. */
  static void eventually(ThrowingCallable check) {
    long end = System.nanoTime() + BOUND.toNanos();
    for (Throwable no = catchThrowable(check); no != null; no = catchThrowable(check)) {
      assertThat(System.nanoTime()).as(no.toString()).isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10)); // a real server, in real time
    }
  }

  /** It fails so, and within bounds. */
  static void fails(Reason reason, Runnable work) {
    long began = System.nanoTime();
    Throwable thrown = catchThrowable(work::run);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
    assertThat(thrown).isInstanceOf(StoreException.class);
    assertThat(((StoreException) thrown).reason()).as(thrown.toString()).isEqualTo(reason);
  }
}
