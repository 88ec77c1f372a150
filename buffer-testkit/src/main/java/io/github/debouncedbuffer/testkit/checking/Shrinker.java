// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.checking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes a list of operations smaller as long as something stays true of it. Pure, if the predicate
 * is.
 *
 * @param <O> the operations
 */
public final class Shrinker<O> {

  private static final int TRIES = 3_000;

  private final Function<O, List<O>> simpler;
  private final Predicate<List<O>> stays;
  private int tries;

  private Shrinker(Function<O, List<O>> simpler, Predicate<List<O>> stays) {
    this.simpler = simpler;
    this.stays = stays;
  }

  /**
   * Leaves out operations, larger pieces first, then puts simpler ones in their places: those that
   * {@code simpler} gives for one, in order.
   */
  public static <O> List<O> shrunk(
      List<O> operations, Function<O, List<O>> simpler, Predicate<List<O>> stays) {
    Shrinker<O> shrinker = new Shrinker<>(simpler, stays);
    List<O> before = operations;
    List<O> after = shrinker.smaller(before);
    while (!after.equals(before)) {
      before = after;
      after = shrinker.smaller(before);
    }
    return after;
  }

  private List<O> smaller(List<O> operations) {
    List<O> least = operations;
    for (int piece = least.size() / 2; piece >= 1; piece /= 2) {
      for (int at = least.size() - piece; at >= 0; at -= piece) {
        List<O> fewer = new ArrayList<>(least);
        if (at + piece <= fewer.size()) {
          fewer.subList(at, at + piece).clear();
          least = better(fewer, least);
        }
      }
    }
    for (int i = 0; i < least.size(); i++) {
      for (int way = 0; way < simpler.apply(least.get(i)).size(); way++) {
        List<O> changed = new ArrayList<>(least);
        changed.set(i, simpler.apply(least.get(i)).get(way));
        least = better(changed, least);
      }
    }
    return least;
  }

  private List<O> better(List<O> candidate, List<O> otherwise) {
    boolean isNew = !candidate.equals(otherwise) && tries++ < TRIES;
    return isNew && stays.test(candidate) ? candidate : otherwise;
  }
}
