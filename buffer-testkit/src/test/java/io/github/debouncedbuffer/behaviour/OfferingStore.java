// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A store in whose transactions handlers can write down words, which are kept if it commits. */
final class OfferingStore implements BufferStore {

  /** Takes words in one transaction. */
  static final class Notes {
    private final List<String> words = new ArrayList<>();

    void add(String word) {
      words.add(word);
    }
  }

  final List<String> kept = new ArrayList<>();
  private final BufferStore store;
  private final Deque<StoreException.Reason> failures = new ArrayDeque<>();

  OfferingStore(BufferStore store) {
    this.store = store;
  }

  /** The next transaction in which notes were taken fails; with an unknown outcome after it. */
  void failNext(StoreException.Reason reason) {
    failures.add(reason);
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public boolean offers(Class<?> type) {
    return type == Notes.class;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    List<Notes> taken = new ArrayList<>();
    StoreException[] after = new StoreException[1];
    R result =
        store.transact(
            transaction -> {
              R answer = work.in(offering(transaction, taken));
              if (!taken.isEmpty() && !failures.isEmpty()) {
                var failure = new StoreException(failures.remove(), "planned");
                if (failure.reason() != StoreException.Reason.OUTCOME_UNKNOWN) {
                  throw failure;
                }
                after[0] = failure;
              }
              return answer;
            });
    taken.forEach(notes -> kept.addAll(notes.words));
    if (after[0] != null) {
      throw after[0];
    }
    return result;
  }

  private static StoreTransaction offering(StoreTransaction transaction, List<Notes> taken) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            OfferingStore.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, call, arguments) -> {
              if (call.getName().equals("unwrap")) {
                taken.add(new Notes());
                return taken.get(taken.size() - 1);
              }
              try {
                return call.invoke(transaction, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  @Override
  public void close() {
    store.close();
  }
}
