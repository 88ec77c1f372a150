// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.FollowUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws scenarios. Each draws its own weights first, so that some are full of crashes and others of
 * late messages: uniform mixtures seldom get anywhere.
 */
public final class Scenarios {

  private static final int[] SECONDS = {0, 1, 3, 5, 10, 20, 30, 35, 40, 61, 90};
  private static final int[] DOWNTIMES = {-40, -5, 0, 0, 5, 5, 60};

  private static int weight(Verb verb) {
    return switch (verb) {
      case SUBMIT -> 30;
      case RUN -> 24;
      case ADVANCE -> 16;
      case PLAN -> 10;
      case END -> 8;
      case ELAPSE, INSIDE, CRASH_IN, FAIL_IN -> 3;
      case ASK -> 5;
      case FLUSH, EXTEND, REDRIVE, CRASH -> 2;
      case GARBLE, URGENT, WITHDRAW, ERASE, DISCARD, REMOVE, REJECT, CLOSE, POLICY, AT_CALL -> 1;
    };
  }

  /** One operation of so many has a motif before it. */
  private static final int MOTIF_IN = 40;

  private Scenarios() {}

  /**
   * Draws a scenario of 20 to 50 operations, or some more if there is a motif at its end.
   *
   * @param seed the same seed gives the same scenario
   * @return the scenario
   */
  public static Scenario draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Setup setup = setup(random);
    List<Verb> bag = bag(random);
    int length = 20 + random.nextInt(31);
    List<Operation> operations = new ArrayList<>(length);
    while (operations.size() < length) {
      if (random.nextInt(MOTIF_IN) == 0) {
        operations.addAll(Motifs.draw(setup, random));
      }
      operations.add(operation(bag.get(random.nextInt(bag.size())), setup, random));
    }
    return new Scenario(setup, operations);
  }

  static Setup setup(SplittableRandom random) {
    int wait = pick(random, 1, 5, 10, 35);
    FollowUp[] timings = FollowUp.values();
    Drain[] drains = Drain.values();
    return new Setup(
        random.nextBoolean(),
        wait,
        wait + pick(random, 0, 5, 30),
        pick(random, 1, 2, 3, 100),
        timings[random.nextInt(timings.length)],
        pick(random, 1, 2, 3),
        pick(random, 1, 2, 3),
        pick(random, 1, 2, 2, 3),
        pick(random, 0, 30, 600),
        pick(random, 0, 1, 2),
        drains[random.nextInt(drains.length)]);
  }

  /** Each verb as often as it weighs; some are left out, some come four times as often. */
  private static List<Verb> bag(SplittableRandom random) {
    List<Verb> bag = new ArrayList<>();
    for (Verb verb : Verb.values()) {
      int luck = random.nextInt(8);
      boolean needed = verb == Verb.SUBMIT || verb == Verb.RUN;
      int times = luck == 0 ? 4 : luck == 1 && !needed ? 0 : 1;
      bag.addAll(Collections.nCopies(weight(verb) * times, verb));
    }
    return bag;
  }

  private static Operation operation(Verb verb, Setup setup, SplittableRandom random) {
    int key = random.nextInt(setup.keys());
    return switch (verb) {
      case SUBMIT -> Operation.of(verb, key, Math.max(0, random.nextInt(8) - 4));
      case GARBLE, URGENT, FLUSH, DISCARD, ERASE -> Operation.of(verb, key);
      case RUN, REDRIVE, REMOVE -> Operation.of(verb, random.nextInt(4));
      case ADVANCE, ELAPSE, POLICY -> Operation.of(verb, pick(random, SECONDS));
      case PLAN -> Operation.of(verb, random.nextInt(6), pick(random, SECONDS));
      case INSIDE -> Operation.of(verb, random.nextInt(4));
      case ASK -> Operation.of(verb, random.nextInt(3), random.nextInt(3));
      case END -> Operation.of(verb, random.nextInt(3), random.nextInt(4));
      case WITHDRAW -> Operation.of(verb, key, 1 + random.nextInt(3));
      case EXTEND -> Operation.of(verb, key, pick(random, SECONDS));
      case CRASH, CLOSE -> Operation.of(verb, pick(random, DOWNTIMES));
      case CRASH_IN -> Operation.of(verb, random.nextInt(4), random.nextInt(2));
      case FAIL_IN -> Operation.of(verb, random.nextInt(4), random.nextInt(6));
      case AT_CALL -> Operation.of(verb, random.nextInt(10));
      case REJECT -> Operation.of(verb, 1 + random.nextInt(2));
    };
  }

  private static int pick(SplittableRandom random, int... from) {
    return from[random.nextInt(from.length)];
  }
}
