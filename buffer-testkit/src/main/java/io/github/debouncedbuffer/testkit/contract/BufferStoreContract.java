// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import io.github.debouncedbuffer.spi.BufferStore;
import java.nio.file.Path;

/**
 * What every {@link BufferStore} must do, a test or several for each rule S1 to S15 of the SPI.
 * Whoever writes a store extends this class and overrides one method:
 *
 * <pre>{@code
 * class MyStoreContractTest extends BufferStoreContract {
 *   @Override
 *   protected BufferStore open(Path directory) {
 *     return MyStore.open(directory.resolve("buffer.my"));
 *   }
 * }
 * }</pre>
 *
 * <p>The name of a test begins with the rule that it shows; what the SPI leaves without a number
 * (forgetting, counts, closing) begins with the method's name. The Javadoc of each test says where
 * to look when it fails. What no test from outside can show is listed in {@code
 * docs/store-contract.md}.
 *
 * <p>The tests run in any order and share nothing. They take no time from a clock; some start a
 * second thread, or a second node if the store has a lease. Not thread-safe: JUnit makes an object
 * for each test.
 */
public abstract class BufferStoreContract extends LeaseRules {

  /** For the subclass, which JUnit makes anew for each test. */
  protected BufferStoreContract() {}

  /**
   * Opens the store whose data this directory stands for: an empty store when the directory is seen
   * for the first time, and the same data when it is seen again after its store was closed. A store
   * that keeps its data elsewhere takes the directory's path as the name of a schema, say. If the
   * store has a {@link BufferStore#lease}, it is opened for a second node while the first one is
   * open, too.
   *
   * @param directory exists, is empty at first, belongs to one test, and is deleted after it
   * @return an open store of its own object; the contract closes it
   * @throws Exception if it cannot be opened; the test then fails
   */
  @Override
  protected abstract BufferStore open(Path directory) throws Exception;
}
