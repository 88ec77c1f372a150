// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Breaks text into lines: between words, inside a word only if it alone is wider than a line. */
final class TextWrap {
  private final int width;
  private final ToIntFunction<String> measure;
  private final List<String> lines = new ArrayList<>();
  private String line = "";

  private TextWrap(int width, ToIntFunction<String> measure) {
    this.width = width;
    this.measure = measure;
  }

  /** Lines no wider than {@code width}; none for blank text. */
  static List<String> lines(String text, int width, ToIntFunction<String> measure) {
    TextWrap wrap = new TextWrap(width, measure);
    for (String word : text.strip().split(" +", -1)) {
      wrap.add(word);
    }
    wrap.flush();
    return wrap.lines;
  }

  private void add(String word) {
    String longer = line.isEmpty() ? word : line + " " + word;
    if (measure.applyAsInt(longer) <= width) {
      line = longer;
      return;
    }
    flush();
    word.codePoints().forEach(this::addCharacter);
  }

  private void addCharacter(int point) {
    String longer = line + Character.toString(point);
    if (!line.isEmpty() && measure.applyAsInt(longer) > width) {
      flush();
      longer = Character.toString(point);
    }
    line = longer;
  }

  private void flush() {
    if (!line.isEmpty()) {
      lines.add(line);
    }
    line = "";
  }
}
