// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.contract;

import com.example.filestore.FileBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;

/**
 * The file store with one method broken. Each kind is a contract of its own, to be run and fail.
 */
abstract class BrokenStore extends BufferStoreContract {

  /** What the broken method does in place of the real one. */
  interface Breakage {
    Object in(StoreTransaction real, Object[] arguments);
  }

  /** Which method to break. */
  abstract String method();

  /** How to break it, made anew at each opening. */
  abstract Breakage breakage(BufferStore real);

  @Override
  protected final BufferStore open(Path directory) {
    BufferStore real = FileBufferStore.open(directory);
    Breakage breakage = breakage(real);
    return new BufferStore() {
      @Override
      public String storeId() {
        return real.storeId();
      }

      @Override
      public <R> R transact(StoreWork<R> work) {
        return real.transact(tx -> work.in(broken(tx, breakage)));
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }

  private StoreTransaction broken(StoreTransaction real, Breakage breakage) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            StoreTransaction.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method())) {
                return breakage.in(real, arguments);
              }
              try {
                return called.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
