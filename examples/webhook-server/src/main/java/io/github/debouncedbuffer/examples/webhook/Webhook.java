// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.sun.net.httpserver.HttpExchange;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes a provider's posts. One is answered 2xx when all its messages are durable; one that was
 * refused may have left some of them behind, which are duplicates when it is delivered again.
 */
final class Webhook implements Endpoint.Method {

  private static final int MOST_BYTES = 1 << 20;

  private final DebouncedBuffer<String> buffer;
  private final Gate gate;
  private final Parser parser;

  Webhook(DebouncedBuffer<String> buffer, Gate gate, Parser parser) {
    this.buffer = buffer;
    this.gate = gate;
    this.parser = parser;
  }

  @Override
  public Reply to(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw new RefusedException(413, "the body has more than " + MOST_BYTES + " bytes");
    }
    if (!gate.admits(exchange.getRequestHeaders().getFirst(Signature.HEADER), body)) {
      throw new RefusedException(401, Signature.HEADER + " is missing or wrong");
    }
    return submit(parser.parse(Json.parse(body)));
  }

  /** The worst of the replies counts: 503, which is delivered again, outweighs 400. */
  private Reply submit(List<Inbound> messages) {
    List<CompletableFuture<Reply>> replies = messages.stream().map(this::submit).toList();
    return replies.stream()
        .map(CompletableFuture::join)
        .max(Comparator.comparing(Reply::status))
        .orElse(Reply.ok("no message for us"));
  }

  private CompletableFuture<Reply> submit(Inbound message) {
    return buffer
        .submitAsync(message.key(), message.id(), message.text())
        .thenApply(Webhook::accepted)
        .exceptionally(Webhook::refused)
        .toCompletableFuture();
  }

  private static Reply accepted(Receipt receipt) {
    return Reply.ok(receipt.isDuplicate() ? "stored before" : "stored");
  }

  private static Reply refused(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapper && wrapper.getCause() != null
            ? wrapper.getCause()
            : failure;
    return cause instanceof IllegalArgumentException
        ? new Reply(400, "a message cannot be stored: " + cause.getMessage(), Map.of())
        : Reply.to(cause);
  }
}
