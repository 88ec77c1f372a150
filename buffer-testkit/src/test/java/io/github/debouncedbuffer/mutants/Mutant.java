// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that someone could write into the product, as text.
 *
 * @param name what it does, in capitals
 * @param bug the same in a sentence
 * @param kind which sort of test sees it
 * @param broken the promise or store rule that must be found violated, before any other
 * @param why why no scenario sees it; empty if one does
 * @param patches the changes that make it
 */
record Mutant(String name, String bug, Kind kind, String broken, String why, List<Patch> patches) {

  /** Which sort of test sees a mutant. */
  enum Kind {
    /** The simulation: the real engine on a virtual clock, on one thread. */
    SCENARIO,
    /** The simulation of several nodes over one store. */
    NODES,
    /** Several threads, for the bug lies between them. */
    THREAD,
    /** The contract of a store, for the bug lies in one store alone. */
    CONTRACT,
    /** A test of the store's own, for only that store can be made to do it. */
    STORE,
    /** Writes to the disk, cut off at any point. */
    POWER_CUT
  }

  static Mutant of(String name, String bug) {
    return new Mutant(name, bug, Kind.SCENARIO, "", "", List.of());
  }

  Mutant caughtBy(String promise) {
    return new Mutant(name, bug, Kind.SCENARIO, promise, "", patches);
  }

  Mutant caughtBy(Kind by, String promiseOrRule, String reason) {
    return new Mutant(name, bug, by, promiseOrRule, reason, patches);
  }

  Mutant in(String file, String oldText, String newText) {
    List<Patch> more =
        Stream.concat(patches.stream(), Stream.of(new Patch(file, oldText, newText))).toList();
    return new Mutant(name, bug, kind, broken, why, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
