// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log lines, in the order of the flow. Keys are masked; payloads and their ids never appear.
 */
final class StepLog {

  private static final Logger log = LoggerFactory.getLogger("io.github.debouncedbuffer");

  void recovered(BatchInfo b, Decision decision) {
    log.warn(
        "Batch {} of {} was running when the last process ended (attempt {}, {} messages); {}",
        b.id(),
        Mask.key(b.key()),
        b.attempt(),
        b.messages(),
        switch (decision.step()) {
          case DEAD_LETTERED -> "it has no attempts left";
          case VANISHED -> "it was erased meanwhile";
          default -> "it is tried again";
        });
  }

  void claimed(BatchInfo b, Instant dueAt, Instant at) {
    if (log.isDebugEnabled()) {
      log.debug(
          "Batch {} of {} is claimed (attempt {}, {} messages), {} after it was due",
          b.id(),
          Mask.key(b.key()),
          b.attempt(),
          b.messages(),
          Duration.between(dueAt, at));
    }
  }

  void timedOut(BatchInfo b, Duration after) {
    log.warn(
        "The handler of batch {} of {} has not returned after {}: it is interrupted; its key waits"
            + " until it returns",
        b.id(),
        Mask.key(b.key()),
        after);
  }

  void lost(BatchInfo b) {
    log.warn(
        "Batch {} of {} (attempt {}) was taken over by another node while its handler runs: nothing"
            + " that this handler returns has an effect",
        b.id(),
        Mask.key(b.key()),
        b.attempt());
  }

  void absorbed(BatchInfo b, int messages) {
    log.debug("{} late messages join batch {} of {}", messages, b.id(), Mask.key(b.key()));
  }

  void completedInPart(BatchInfo b, int messages) {
    log.info(
        "{} of the {} messages in batch {} of {} are handled; the rest stays first in line",
        messages,
        b.messages(),
        b.id(),
        Mask.key(b.key()));
  }

  void superseded(BatchInfo b, int messages, Instant dueAt) {
    log.info(
        "Batch {} of {} is superseded by late messages; all {} are due together at {}",
        b.id(),
        Mask.key(b.key()),
        messages,
        dueAt);
  }

  void setApart(BatchInfo b, int messages) {
    log.error(
        "{} messages in batch {} of {} cannot be read; they are kept as dead letters",
        messages,
        b.id(),
        Mask.key(b.key()));
  }

  void late(BatchInfo b, int late, Instant dueAt, Instant at) {
    log.warn(
        "On completion of batch {} of {}: {} late messages found, their follow-up is due at {} (in"
            + " {})",
        b.id(),
        Mask.key(b.key()),
        late,
        dueAt,
        dueAt.isAfter(at) ? Duration.between(at, dueAt) : Duration.ZERO);
  }

  void noLate(BatchInfo b) {
    if (log.isDebugEnabled()) {
      log.debug("On completion of batch {} of {}: no late messages", b.id(), Mask.key(b.key()));
    }
  }

  void stale(BatchInfo b) {
    log.warn(
        "The end of batch {} of {} (attempt {}) is stale and changes nothing: its token is no longer"
            + " valid",
        b.id(),
        Mask.key(b.key()),
        b.attempt());
  }

  /** Names what was thrown but not its message, which may quote a payload. */
  void backedOff(BatchInfo b, Throwable cause, Instant dueAt) {
    log.warn(
        "Batch {} of {} failed (attempt {}: {}); its {} messages stay stored, next attempt at {}",
        b.id(),
        Mask.key(b.key()),
        b.attempt(),
        cause.getClass().getName(),
        b.messages(),
        dueAt);
  }

  void released(BatchInfo b, Throwable cause, Instant dueAt) {
    log.warn(
        "Batch {} of {} is given back uncounted ({}); its {} messages stay stored, next attempt at"
            + " {}",
        b.id(),
        Mask.key(b.key()),
        cause.getClass().getName(),
        b.messages(),
        dueAt);
  }

  void deadLettered(BatchInfo b, Throwable cause) {
    log.error(
        "Batch {} of {} failed on its last attempt ({}: {}); its {} messages are kept as a dead"
            + " letter",
        b.id(),
        Mask.key(b.key()),
        b.attempt(),
        cause.getClass().getName(),
        b.messages());
  }

  void discarded(String key, int messages) {
    log.info("{} pending messages of {} were discarded", messages, Mask.key(key));
  }

  void withdrawn(String key) {
    log.info("A pending message of {} was withdrawn", Mask.key(key));
  }

  void erased(String key, int messages) {
    log.info("{} was erased, with {} stored messages", Mask.key(key), messages);
  }

  void storeFailed(StoreException why) {
    log.error(
        "A transaction failed ({}): {}; {}",
        why.reason(),
        why.getMessage(),
        why.reason().isRetryable()
            ? "what the buffer has to write is tried again"
            : "trying again does not help, the buffer closes");
  }

  void closed(int survivors) {
    if (survivors == 0) {
      log.info("The buffer is closed; what is pending is handed over after the next start");
    } else {
      log.warn(
          "The buffer is closed while {} handlers have not returned; their batches are taken over at"
              + " the next start as if the process had died",
          survivors);
    }
  }
}
