// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a scenario smaller as long as something stays true of it. Pure, if the predicate is. */
final class Shrinker {

  private static final int TRIES = 3_000;

  private final Predicate<Scenario> stays;
  private int tries;

  private Shrinker(Predicate<Scenario> stays) {
    this.stays = stays;
  }

  /** Leaves out operations, larger pieces first, then makes their numbers smaller. */
  static Scenario shrunk(Scenario scenario, Predicate<Scenario> stays) {
    Shrinker shrinker = new Shrinker(stays);
    Scenario before = scenario;
    Scenario after = shrinker.smaller(before);
    while (!after.equals(before)) {
      before = after;
      after = shrinker.smaller(before);
    }
    return after;
  }

  private Scenario smaller(Scenario scenario) {
    Scenario least = scenario;
    for (int piece = least.operations().size() / 2; piece >= 1; piece /= 2) {
      for (int at = least.operations().size() - piece; at >= 0; at -= piece) {
        List<Operation> fewer = new ArrayList<>(least.operations());
        if (at + piece <= fewer.size()) {
          fewer.subList(at, at + piece).clear();
          least = better(new Scenario(least.setup(), fewer), least);
        }
      }
    }
    for (int i = 0; i < least.operations().size(); i++) {
      Operation operation = least.operations().get(i);
      least = better(with(least, i, new Operation(operation.verb(), 0, operation.b())), least);
      operation = least.operations().get(i);
      least = better(with(least, i, new Operation(operation.verb(), operation.a(), 0)), least);
    }
    return least;
  }

  private static Scenario with(Scenario scenario, int index, Operation operation) {
    List<Operation> changed = new ArrayList<>(scenario.operations());
    changed.set(index, operation);
    return new Scenario(scenario.setup(), changed);
  }

  private Scenario better(Scenario candidate, Scenario otherwise) {
    boolean isNew = !candidate.equals(otherwise) && tries++ < TRIES;
    return isNew && stays.test(candidate) ? candidate : otherwise;
  }
}
