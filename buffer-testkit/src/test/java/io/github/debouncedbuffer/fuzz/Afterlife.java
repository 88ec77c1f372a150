// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static io.github.debouncedbuffer.fuzz.ChatFile.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a buffer makes of an altered file: all of it either works, or says what is wrong. */
final class Afterlife {

  private final VirtualClock clock = VirtualClock.at(ChatFile.KILLED_AT);
  private final Path file;
  private final Set<String> handed = new HashSet<>();
  private Set<String> handedInTime = Set.of();
  private final Set<String> neverSent = new HashSet<>();
  private boolean gone;
  private boolean storeOpened;
  private StoreException.Reason refusal = Reason.CLOSED;
  private boolean refused;

  Afterlife(Path file) {
    this.file = file;
  }

  /** Whether the store or the buffer did not even open. */
  boolean isRefused() {
    return refused;
  }

  /** Whether at least the store did: then its file may have changed. */
  boolean storeOpened() {
    return storeOpened;
  }

  /** Why not. */
  Reason refusal() {
    return refusal;
  }

  /** Whether the buffer works on to the end. */
  boolean worksOn() {
    return !gone && !refused;
  }

  Afterlife live() {
    DebouncedBuffer<String> buffer;
    try {
      SqliteBufferStore store = SqliteBufferStore.open(file);
      storeOpened = true;
      buffer = ChatFile.builder(store, clock).asyncHandler(this::handle).start();
    } catch (StoreException why) {
      refused = true;
      refusal = why.reason();
      return this;
    }
    asks(() -> buffer.submit(ChatFile.OTHERS.get(0), payload(ChatFile.OTHERS.get(0), 3)));
    clock.advance(Duration.ofMinutes(2));
    handedInTime = Set.copyOf(handed);
    for (String key : ChatFile.VICTIMS) {
      asks(() -> buffer.inspect(key));
      asks(() -> buffer.submit(key, "first", payload(key, 1)));
      asks(() -> buffer.flush(key));
      clock.advance(Duration.ofSeconds(1));
      asks(() -> buffer.discard(key));
    }
    asks(() -> buffer.deadLetters(0, 100).forEach(letter -> redrive(buffer, letter)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(neverSent).as("payloads that were handed over").isEmpty();
    asks(buffer::stats);
    CompletionStage<Integer> closed = buffer.closeAsync(Duration.ZERO);
    clock.advance(Duration.ofMinutes(1));
    assertThat(closed.toCompletableFuture()).isDone();
    return this;
  }

  private void redrive(DebouncedBuffer<String> buffer, DeadLetter letter) {
    asks(
        () -> {
          try {
            buffer.redrive(letter.id());
          } catch (IllegalStateException damaged) {
            assertThat(damaged).hasMessageContaining("checksum is wrong");
          }
        });
    asks(() -> buffer.removeDeadLetter(letter.id()));
  }

  /** Callers are told in the documented ways alone. */
  private void asks(Runnable question) {
    try {
      question.run();
    } catch (BufferClosedException closed) {
      gone = true;
    } catch (StoreException | BufferFullException said) {
      assertThat(said.getMessage()).isNotBlank();
    }
  }

  private CompletionStage<?> handle(Batch<String> batch) {
    for (Message<String> message : batch.messages()) {
      if (!message.payload().startsWith(batch.key() + " says ")) {
        neverSent.add(message.payload()); // to throw here would be the handler's own affair
      }
      handed.add(message.payload());
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Each message of the others was handed over, or still is in the file. */
  void losesNothingOfOthers() throws SQLException {
    Set<String> known = new HashSet<>(handed);
    try (Connection connection = ChatFile.connect(file);
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery("SELECT CAST(payload AS TEXT) FROM messages")) {
      while (rows.next()) {
        known.add(rows.getString(1));
      }
    }
    for (String key : ChatFile.OTHERS) {
      List<String> theirs = List.of(payload(key, 1), payload(key, 2));
      assertThat(known).containsAll(theirs);
      if (worksOn() && !handedInTime.containsAll(theirs)) {
        fail("the buffer goes on as if nothing were, and does not hand over " + theirs);
      }
    }
  }
}
