// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Verb.ADVANCE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.ASK;
import static io.github.debouncedbuffer.testkit.simulation.Verb.END;
import static io.github.debouncedbuffer.testkit.simulation.Verb.EXTEND;
import static io.github.debouncedbuffer.testkit.simulation.Verb.FAIL_IN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.FLUSH;
import static io.github.debouncedbuffer.testkit.simulation.Verb.GARBLE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.PLAN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.SUBMIT;

import java.util.List;
import java.util.SplittableRandom;

/** Sequences that lead where chance seldom goes. Around them everything is drawn as ever. */
final class Motifs {

  private static final int UNKNOWN_KEPT = List.of(Failure.values()).indexOf(Failure.UNKNOWN_KEPT);
  private static final int RETURN = 0;
  private static final int THROW = 1;
  private static final int HANG = 3;

  /** Of an {@link Verb#END}. */
  private static final int REPLY = 2;

  private static final int ABSORB = List.of(Asking.values()).indexOf(Asking.ABSORB);
  private static final int ENSURE_CURRENT = List.of(Asking.values()).indexOf(Asking.ENSURE_CURRENT);

  private Motifs() {}

  static List<Operation> draw(Setup setup, SplittableRandom random) {
    int key = random.nextInt(setup.keys());
    return switch (random.nextInt(9)) {
      case 0 -> staleEnd(key, RETURN);
      case 1 -> staleEnd(key, THROW);
      case 2 -> sentAgain(key);
      case 3 -> extendedTwice(key);
      case 4 -> superseded(key, random.nextInt(3), random.nextInt(4));
      case 5 -> absorbedUnseen(key);
      case 7 -> cleared(key);
      case 6 -> asked(key, random.nextInt(3), random.nextInt(4));
      default -> setApartTwice(key);
    };
  }

  /**
   * The end of a run is committed and its outcome is unknown; before it is tried again the key runs
   * its next batch.
   */
  private static List<Operation> staleEnd(int key, int ending) {
    return List.of(
        Operation.of(PLAN, ending, 10),
        Operation.of(SUBMIT, key, 0),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(FLUSH, key),
        Operation.of(PLAN, RETURN, 30),
        Operation.of(FAIL_IN, 0, UNKNOWN_KEPT),
        Operation.of(ADVANCE, 10),
        Operation.of(SUBMIT, key + 1, 0),
        Operation.of(ADVANCE, 0),
        Operation.of(ADVANCE, 1));
  }

  /** Unreadable messages are set apart, the outcome is unknown, and it is tried again. */
  private static List<Operation> setApartTwice(int key) {
    return List.of(
        Operation.of(GARBLE, key),
        Operation.of(SUBMIT, key, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(FAIL_IN, 2, UNKNOWN_KEPT),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(ADVANCE, 1));
  }

  /** A run, late messages, and an end by which it may give way to them; then the same again. */
  private static List<Operation> superseded(int key, int run, int ending) {
    return List.of(
        Operation.of(PLAN, HANG, 0),
        Operation.of(SUBMIT, key, 1),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(ADVANCE, 1),
        Operation.of(END, run, REPLY),
        Operation.of(PLAN, HANG, 0),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(ADVANCE, 1),
        Operation.of(END, run, ending));
  }

  /** A run of two messages, more of them late, asks about its batch before it ends. */
  private static List<Operation> asked(int key, int asking, int ending) {
    return List.of(
        Operation.of(PLAN, HANG, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(SUBMIT, key, 2),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(ADVANCE, 1),
        Operation.of(ASK, 0, asking),
        Operation.of(ADVANCE, 1),
        Operation.of(END, 0, ending),
        Operation.of(ADVANCE, 1));
  }

  /** A reply is cleared, a message comes, and the run asks once more before it ends. */
  private static List<Operation> cleared(int key) {
    return List.of(
        Operation.of(PLAN, HANG, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(ASK, 0, ENSURE_CURRENT),
        Operation.of(SUBMIT, key, 0),
        Operation.of(ADVANCE, 1),
        Operation.of(END, 0, REPLY));
  }

  /** Late messages join, the outcome is unknown to the handler, and it returns. */
  private static List<Operation> absorbedUnseen(int key) {
    return List.of(
        Operation.of(PLAN, HANG, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(FLUSH, key),
        Operation.of(ADVANCE, 0),
        Operation.of(SUBMIT, key, 0),
        Operation.of(ADVANCE, 1),
        Operation.of(FAIL_IN, 1, UNKNOWN_KEPT),
        Operation.of(ASK, 0, ABSORB),
        Operation.of(END, 0, RETURN),
        Operation.of(ADVANCE, 1));
  }

  /** A message comes again, with its id, while its window is open. */
  private static List<Operation> sentAgain(int key) {
    return List.of(
        Operation.of(SUBMIT, key, 1), Operation.of(ADVANCE, 3), Operation.of(SUBMIT, key, 1));
  }

  /** An open window is extended, and then extended by less. */
  private static List<Operation> extendedTwice(int key) {
    return List.of(
        Operation.of(SUBMIT, key, 0),
        Operation.of(EXTEND, key, 61),
        Operation.of(ADVANCE, 0),
        Operation.of(EXTEND, key, 5),
        Operation.of(ADVANCE, 0));
  }
}
