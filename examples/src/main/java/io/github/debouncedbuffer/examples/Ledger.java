// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link CrashingBot}'s journal adds up to.
 *
 * @param accepted messages for which {@code submit} returned
 * @param answered how many of them were answered
 * @param twice how many messages were answered more than once, those included that were stored
 *     before a kill, but of whose receipt nothing was told any more
 */
record Ledger(int accepted, int answered, int twice) {

  static Ledger read(Path journal) throws IOException {
    Set<String> accepted = new HashSet<>();
    Map<String, Integer> answers = new HashMap<>();
    for (String line : Files.readAllLines(journal)) {
      List<String> words = List.of(line.split(" "));
      List<String> texts = words.subList(1, words.size());
      switch (words.get(0)) {
        case CrashingBot.ACCEPTED -> accepted.addAll(texts);
        case CrashingBot.ANSWERED -> texts.forEach(text -> answers.merge(text, 1, Integer::sum));
        default -> {}
      }
    }
    int twice = (int) answers.values().stream().filter(times -> times > 1).count();
    answers.keySet().retainAll(accepted); // Killed before it could tell of accepting it.
    return new Ledger(accepted.size(), answers.size(), twice);
  }

  int lost() {
    return accepted - answered;
  }
}
