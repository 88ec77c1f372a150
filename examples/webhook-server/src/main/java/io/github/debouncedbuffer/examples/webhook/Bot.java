// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a batch: the AI answers it, and the answer is sent if it still is one. */
final class Bot {

  private static final Logger LOG = LoggerFactory.getLogger(Bot.class);

  /** This command is not kept waiting for more. */
  private static final String START = "/start";

  /** A run that is cut off then is made again at the next start, and not counted. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Ai ai;
  private final Outbound outbound;

  private Bot(Ai ai, Outbound outbound) {
    this.ai = ai;
    this.outbound = outbound;
  }

  static DebouncedBuffer<String> start(Settings settings, BufferListener listener) {
    Bot bot = new Bot(settings.ai(), settings.outbound());
    return DebouncedBuffer.builder(Codec.utf8())
        .store(SqliteBufferStore.open(settings.file()))
        .windows(key -> settings.windows().apply(Inbound.channelOf(key)))
        .flushWhen((key, text) -> text.equals(START))
        .onLate(settings.onLate())
        .onBatchStart(Bot::typing)
        .handler(bot::answer)
        .limits(settings.limits())
        .listener(listener)
        .closeTimeout(CLOSE_TIMEOUT)
        .start();
  }

  /** Here a real one would have the provider show "typing...". */
  private static void typing(BatchInfo batch) {
    LOG.info("typing to {}", Masked.key(batch.key()));
  }

  private void answer(Batch<String> batch) throws Exception {
    String answer = ask(batch);
    batch.ensureCurrent();
    outbound.send(batch.key(), batch.id(), answer);
  }

  /** Interrupted by a late message, the run is superseded rather than failed. */
  private String ask(Batch<String> batch) throws Exception {
    try {
      return ai.answer(batch);
    } catch (InterruptedException interrupted) {
      batch.ensureCurrent();
      throw interrupted;
    }
  }
}
