// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Passes each call on, and tells from the calls what a transaction is about to commit. */
final class SeenTransaction {

  /** Such as {@code submit/chat-1/0-3-17/42}: verb, key, and what of it. */
  final List<String> facts = new ArrayList<>();

  /** Rows that were claimed, with the batch that they run. */
  final List<KeyRow> claimed = new ArrayList<>();

  private final StoreTransaction transaction;
  private long firstToken = Long.MAX_VALUE;

  SeenTransaction(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  StoreTransaction proxy() {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, call, arguments) -> {
              Object result = invoke(call, arguments);
              see(call.getName(), arguments, result);
              return result;
            });
  }

  boolean has(String kind) {
    return facts.stream().anyMatch(fact -> fact.startsWith(kind + "/"));
  }

  private Object invoke(Method call, Object[] arguments) throws Throwable {
    try {
      return call.invoke(transaction, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @SuppressWarnings("unchecked")
  private void see(String call, Object[] arguments, Object result) {
    switch (call) {
      case "append" -> appended((List<NewMessage>) arguments[0], (long) result);
      case "nextTokens" -> firstToken = Math.min(firstToken, (long) result);
      case "save" -> ((Collection<KeyRow>) arguments[0]).forEach(this::saved);
      case "delete" -> ((Collection<MessageRange>) arguments[0]).forEach(this::deleted);
      case "bury" -> buried((DeadLetterRow) arguments[0], (MessageRange) arguments[1]);
      default -> {}
    }
  }

  private void appended(List<NewMessage> messages, long first) {
    long sequence = first;
    for (NewMessage message : messages) {
      String payload = new String(message.payload(), StandardCharsets.UTF_8);
      facts.add("submit/" + message.key() + "/" + payload + "/" + sequence++);
    }
  }

  /** A running row is a claim if its token is one that this very transaction has drawn. */
  private void saved(KeyRow row) {
    if (row.state() == KeyState.RUNNING && row.batch().token() >= firstToken) {
      claimed.add(row);
      facts.add("claim/" + row.key() + "/" + row.batch().id() + "/" + row.batch().attempt());
    }
  }

  private void deleted(MessageRange range) {
    facts.add("complete/" + range.key() + "/" + range.throughSequence());
  }

  private void buried(DeadLetterRow letter, MessageRange range) {
    facts.add("bury/" + range.key() + "/" + range.throughSequence() + "/" + letter.attempts());
  }

  /** The payload of a message that was appended. */
  String submitted() {
    return facts.stream()
        .filter(fact -> fact.startsWith("submit/"))
        .findFirst()
        .orElseThrow()
        .split("/")[2];
  }
}
