// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A broken store fails the tests of the rule that it breaks, and no others. */
class BrokenStoresTest {

  /** S8: a delete that reads the limit of a range, which is for reading only. */
  static class DeleteObeysTheLimit extends BrokenStore {
    @Override
    String method() {
      return "delete";
    }

    @Override
    @SuppressWarnings("unchecked")
    Breakage breakage(BufferStore real) {
      return (tx, arguments) -> {
        for (MessageRange range : (Collection<MessageRange>) arguments[0]) {
          for (StoredMessage each : tx.read(List.of(range)).get(range.key())) {
            tx.delete(
                List.of(MessageRange.one(range.key(), each.sequence())), (Instant) arguments[1]);
          }
        }
        return null;
      };
    }
  }

  /** S11: tokens that begin at 1 at each opening. */
  static class TokensRestart extends BrokenStore {
    @Override
    String method() {
      return "nextTokens";
    }

    @Override
    Breakage breakage(BufferStore real) {
      long used = real.<Long>transact(tx -> tx.nextTokens(1));
      return (tx, arguments) -> tx.nextTokens((int) arguments[0]) - used;
    }
  }

  @Test
  void deleteThatObeysTheLimit_failsS8() {
    assertEquals(
        Set.of("S8_delete_takesNoNoticeOfTheLimit"), failuresOf(DeleteObeysTheLimit.class));
  }

  @Test
  void tokensThatRestart_failS11() {
    assertEquals(
        Set.of("S11_tokens_neverComeAgainAfterReopening"), failuresOf(TokensRestart.class));
  }

  private static Set<String> failuresOf(Class<?> contract) {
    Set<String> failed = new TreeSet<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == Status.FAILED) { // one may be aborted: it is for nodes
                  failed.add(test.getLegacyReportingName().replace("()", ""));
                }
              }
            });
    return failed;
  }
}
