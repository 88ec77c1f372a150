// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One step of a scenario of several nodes. Immutable.
 *
 * @param verb what is done
 * @param a its first number
 * @param b its second number; 0 if the verb takes one
 * @param c its third number; 0 if the verb takes fewer
 */
public record NodesOperation(NodesVerb verb, int a, int b, int c) {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /**
   * Checks the verb.
   *
   * @param verb see above
   * @param a see above
   * @param b see above
   * @param c see above
   */
  public NodesOperation {
    Objects.requireNonNull(verb, "verb");
  }

  /**
   * An operation.
   *
   * @param verb what is done
   * @param numbers as many as the verb takes
   * @return the operation
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static NodesOperation of(NodesVerb verb, int... numbers) {
    if (numbers.length != verb.numbers()) {
      throw new IllegalArgumentException(
          verb + " takes " + verb.numbers() + " number(s), not " + numbers.length);
    }
    return new NodesOperation(
        verb, numbers[0], numbers.length > 1 ? numbers[1] : 0, numbers.length > 2 ? numbers[2] : 0);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @param text such as {@code submit 0 1 0}
   * @return the operation
   * @throws IllegalArgumentException if it is none
   */
  public static NodesOperation parse(String text) {
    String[] words = SPACES.splitAsStream(text.trim()).toArray(String[]::new);
    int[] numbers = new int[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(words[i + 1]);
    }
    return of(NodesVerb.valueOf(words[0].toUpperCase(Locale.ROOT)), numbers);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String word = verb.name().toLowerCase(Locale.ROOT) + " " + a;
    return word + (verb.numbers() > 1 ? " " + b : "") + (verb.numbers() > 2 ? " " + c : "");
  }

  /** The same with one of its numbers 0. */
  List<NodesOperation> simpler() {
    return List.of(
        new NodesOperation(verb, 0, b, c),
        new NodesOperation(verb, a, 0, c),
        new NodesOperation(verb, a, b, 0));
  }
}
