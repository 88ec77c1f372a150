// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract over all stores of the world that it is loaded in; gives the red tests. */
public final class ContractJudge implements Supplier<List<String>> {

  /** Made by name, in each world anew. */
  public ContractJudge() {}

  @Override
  public List<String> get() {
    LauncherDiscoveryRequest contracts =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                DiscoverySelectors.selectClass(InMemoryBufferStoreContractTest.class),
                DiscoverySelectors.selectClass(SqliteBufferStoreContractTest.class),
                DiscoverySelectors.selectClass(SharedMemoryContractTest.class))
            .build();
    List<String> red = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            contracts,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
                if (failed && test.getSource().orElseThrow() instanceof MethodSource method) {
                  red.add(method.getMethodName());
                }
              }
            });
    return red;
  }
}
