// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One step of a scenario. Immutable.
 *
 * @param verb what is done
 * @param a its first number
 * @param b its second number; 0 if the verb takes one
 */
public record Operation(Verb verb, int a, int b) {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /**
   * Checks the verb.
   *
   * @param verb see above
   * @param a see above
   * @param b see above
   */
  public Operation {
    Objects.requireNonNull(verb, "verb");
  }

  /**
   * An operation with one number.
   *
   * @param verb what is done
   * @param a its number
   * @return the operation
   */
  public static Operation of(Verb verb, int a) {
    return new Operation(verb, a, 0);
  }

  /**
   * An operation with two numbers.
   *
   * @param verb what is done
   * @param a its first number
   * @param b its second number
   * @return the operation
   */
  public static Operation of(Verb verb, int a, int b) {
    return new Operation(verb, a, b);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @param text such as {@code submit 0 1}
   * @return the operation
   * @throws IllegalArgumentException if it is none
   */
  public static Operation parse(String text) {
    String[] words = SPACES.splitAsStream(text.trim()).toArray(String[]::new);
    Verb verb = Verb.valueOf(words[0].toUpperCase(Locale.ROOT));
    if (words.length != 1 + verb.numbers()) {
      throw new IllegalArgumentException(
          "'" + text + "' must have " + verb.numbers() + " number(s) after its verb");
    }
    int second = words.length > 2 ? Integer.parseInt(words[2]) : 0;
    return new Operation(verb, Integer.parseInt(words[1]), second);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    String word = verb.name().toLowerCase(Locale.ROOT);
    return verb.numbers() == 1 ? word + " " + a : word + " " + a + " " + b;
  }

  /** The same with one of its numbers 0. */
  List<Operation> simpler() {
    return List.of(new Operation(verb, 0, b), new Operation(verb, a, 0));
  }

  String toJava() {
    String numbers = verb.numbers() == 1 ? a + ")" : a + ", " + b + ")";
    return "Operation.of(Verb." + verb + ", " + numbers;
  }
}
