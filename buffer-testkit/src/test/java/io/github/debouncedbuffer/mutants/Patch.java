// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One change of one source file of the product. The old text is found whatever its white space, so
 * that the formatter may break its lines elsewhere; everything else of it must be there, once.
 *
 * @param file the path below the module's root package, without {@code .java}
 * @param oldText what stands there
 * @param newText what stands there in the mutant
 */
record Patch(String file, String oldText, String newText) {

  /** The source with the bug in it. */
  String applyTo(String source) {
    Matcher found = pattern().matcher(source);
    if (!found.find()) {
      throw new AssertionError("stale: " + file + " no longer contains\n" + oldText);
    }
    int start = found.start();
    int end = found.end();
    if (found.find()) {
      throw new AssertionError("ambiguous: " + file + " contains more than once\n" + oldText);
    }
    return source.substring(0, start) + newText + source.substring(end);
  }

  private Pattern pattern() {
    List<String> words = List.of(oldText.strip().split("\\s+"));
    return Pattern.compile(words.stream().map(Pattern::quote).collect(Collectors.joining("\\s+")));
  }
}
