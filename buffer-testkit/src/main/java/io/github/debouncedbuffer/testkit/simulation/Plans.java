// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is to happen at a later moment: how runs go, and which transactions fail. */
final class Plans {

  /** How a run goes. */
  record Plan(@Nullable Inside inside, Ending ending, int seconds) {}

  private final Deque<Plan> endings = new ArrayDeque<>();
  private final Deque<Inside> insides = new ArrayDeque<>();
  private WatchedStore.@Nullable Fault fault;
  private int faultIn;
  private int rejections;
  private int used;

  void plan(Ending ending, int seconds) {
    endings.add(new Plan(null, ending, seconds));
  }

  void inside(Inside inside) {
    insides.add(inside);
  }

  void fail(WatchedStore.Fault newFault, int transactions) {
    fault = newFault;
    faultIn = transactions;
  }

  /** The failure that is planned, if one is, comes at this call inside its transaction. */
  void failAtCall(int call) {
    fault = fault == null ? null : fault.atCall(call);
  }

  void reject(int runs) {
    rejections = runs;
  }

  /** The next run's plan. */
  Plan next(Supplier<Plan> otherwise) {
    used += (endings.isEmpty() ? 0 : 1) + (insides.isEmpty() ? 0 : 1);
    Plan ending = endings.isEmpty() ? otherwise.get() : endings.poll();
    return new Plan(insides.poll(), ending.ending(), ending.seconds());
  }

  WatchedStore.@Nullable Fault fault() {
    if (fault == null || faultIn-- > 0) {
      return null;
    }
    WatchedStore.Fault now = fault;
    fault = null;
    used++;
    return now;
  }

  boolean rejects() {
    used += rejections > 0 ? 1 : 0;
    return rejections-- > 0;
  }

  /** How many plans have taken effect. */
  int used() {
    return used;
  }

  void clear() {
    endings.clear();
    insides.clear();
    fault = null;
    rejections = 0;
  }
}
