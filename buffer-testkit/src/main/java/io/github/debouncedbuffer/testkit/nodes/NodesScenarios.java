// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.testkit.simulation.Drain;
import io.github.debouncedbuffer.testkit.simulation.Setup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws scenarios of several nodes. Each draws its own weights first, so that some are full of
 * pauses and others of deaths; in one of four nothing goes wrong at all.
 */
public final class NodesScenarios {

  private static final int[] SECONDS = {0, 0, 1, 1, 2, 3, 5, 5, 8, 13};
  private static final int[] TROUBLES = {1, 3, 5, 8, 13, 21, 40};
  private static final int[] AHEAD = {0, 0, 1, -2, 600, -600, 3_600, -3_600};

  private static int weight(NodesVerb verb) {
    return switch (verb) {
      case SUBMIT -> 30;
      case RUN -> 20;
      case ADVANCE -> 22;
      case END -> 14;
      case START -> 8;
      case PAUSE, CUT -> 5;
      case LOSE, KILL -> 3;
      case CLOSE, DEAF -> 1;
    };
  }

  private static boolean isTrouble(NodesVerb verb) {
    return switch (verb) {
      case PAUSE, CUT, LOSE, KILL, CLOSE, DEAF -> true;
      case SUBMIT, RUN, ADVANCE, END, START -> false;
    };
  }

  /** One operation of so many has a takeover before it. */
  private static final int MOTIF_IN = 40;

  private NodesScenarios() {}

  /**
   * Draws a scenario of 20 to 50 operations on two or three nodes, or some more.
   *
   * @param seed the same seed gives the same scenario
   * @return the scenario
   */
  public static NodesScenario draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Setup setup = setup(random);
    int nodes = 2 + random.nextInt(2);
    List<Integer> ahead = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      ahead.add(pick(random, AHEAD));
    }
    int length = 20 + random.nextInt(31);
    List<NodesOperation> operations = new ArrayList<>(length);
    int lease = pick(random, 6, 6, 30);
    boolean peace = random.nextInt(4) == 0;
    List<NodesVerb> bag = bag(peace, random);
    while (operations.size() < length) {
      if (!peace && random.nextInt(MOTIF_IN) == 0) {
        operations.addAll(takeover(random.nextInt(nodes), lease, setup, random));
      }
      NodesVerb verb = bag.get(random.nextInt(bag.size()));
      operations.add(operation(verb, nodes, setup, random));
    }
    return new NodesScenario(lease, ahead, setup, operations);
  }

  private static Setup setup(SplittableRandom random) {
    int wait = pick(random, 1, 3, 5, 10);
    FollowUp[] timings = FollowUp.values();
    return new Setup(
        random.nextBoolean(),
        wait,
        wait + pick(random, 0, 5),
        pick(random, 1, 2, 3, 100),
        timings[random.nextInt(timings.length)],
        pick(random, 1, 2, 3),
        pick(random, 1, 1, 2),
        pick(random, 1, 2, 3),
        0,
        0,
        random.nextInt(3) == 0 ? Drain.FAIL : Drain.SUCCEED);
  }

  /** Each verb as often as it weighs; some are left out, some come four times as often. */
  private static List<NodesVerb> bag(boolean peace, SplittableRandom random) {
    List<NodesVerb> bag = new ArrayList<>();
    for (NodesVerb verb : NodesVerb.values()) {
      int luck = random.nextInt(8);
      int times = luck == 0 ? 4 : luck == 1 && isTrouble(verb) ? 0 : 1;
      boolean wanted = !peace || !isTrouble(verb);
      bag.addAll(Collections.nCopies(wanted ? weight(verb) * times : 0, verb));
    }
    return bag;
  }

  /** A node stands still while its run goes on, until another one runs the same batch. */
  private static List<NodesOperation> takeover(
      int node, int lease, Setup setup, SplittableRandom random) {
    int key = random.nextInt(setup.keys());
    int away = lease + lease / 3 + 1;
    return List.of(
        NodesOperation.of(NodesVerb.SUBMIT, node, key, 0),
        NodesOperation.of(NodesVerb.ADVANCE, setup.maxWait()),
        NodesOperation.of(NodesVerb.ADVANCE, 0),
        NodesOperation.of(
            random.nextBoolean() ? NodesVerb.PAUSE : NodesVerb.CUT, node, away + random.nextInt(9)),
        NodesOperation.of(NodesVerb.ADVANCE, away),
        NodesOperation.of(NodesVerb.ADVANCE, pick(random, 1, 5, 9)),
        NodesOperation.of(NodesVerb.END, random.nextInt(3), random.nextInt(3)));
  }

  private static NodesOperation operation(
      NodesVerb verb, int nodes, Setup setup, SplittableRandom random) {
    int node = random.nextInt(nodes);
    return switch (verb) {
      case SUBMIT ->
          NodesOperation.of(
              verb, node, random.nextInt(setup.keys()), Math.max(0, random.nextInt(8) - 4));
      case RUN, LOSE -> NodesOperation.of(verb, node, random.nextInt(4));
      case ADVANCE -> NodesOperation.of(verb, pick(random, SECONDS));
      case PAUSE, CUT -> NodesOperation.of(verb, node, pick(random, TROUBLES));
      case DEAF, KILL, CLOSE, START -> NodesOperation.of(verb, node);
      case END -> NodesOperation.of(verb, random.nextInt(3), random.nextInt(3));
    };
  }

  private static int pick(SplittableRandom random, int... from) {
    return from[random.nextInt(from.length)];
  }
}
