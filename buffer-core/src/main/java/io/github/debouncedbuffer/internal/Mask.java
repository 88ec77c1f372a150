// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

/** Keys are phone numbers: logs show enough to tell two apart in a short log, and no more. */
final class Mask {

  private static final int SHOWN = 2;
  private static final int LONGEST_CHANNEL = 24;

  private Mask() {}

  /** The channel before the first colon, if it is a plain word, stars, and the last two digits. */
  static String key(String key) {
    int colon = key.indexOf(':');
    boolean channel = colon > 0 && colon <= LONGEST_CHANNEL && isWord(key.substring(0, colon));
    String shown = channel ? key.substring(0, colon + 1) : "";
    String rest = key.substring(shown.length());
    String end = rest.length() > 4 * SHOWN ? rest.substring(rest.length() - SHOWN) : "";
    return shown + "***" + (isWord(end) ? end : "");
  }

  private static boolean isWord(String text) {
    return text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-'));
  }
}
