// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the {@link KilledServer}s have sent.
 *
 * @param texts of each key, in the order of the answers; a batch that was answered twice, once
 * @param batches how many
 * @param repeated how many answers were to a batch that had been answered before
 */
record AnswerJournal(Map<String, List<String>> texts, int batches, int repeated) {

  static AnswerJournal read(Path file) throws IOException {
    Map<String, List<String>> batches = new LinkedHashMap<>();
    int lines = 0;
    String all = Files.readString(file);
    String whole = all.substring(0, all.lastIndexOf('\n') + 1); // It may be written to just now.
    for (String line : whole.lines().toList()) {
      List<String> words = List.of(line.split(" "));
      List<String> before = batches.putIfAbsent(words.get(0), words);
      if (before != null && !before.equals(words)) {
        throw new AssertionError("batch " + words.get(0) + " changed: " + before + ", " + words);
      }
      lines++;
    }
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (List<String> words : batches.values()) {
      texts
          .computeIfAbsent(words.get(1), key -> new ArrayList<>())
          .addAll(words.subList(2, words.size()));
    }
    return new AnswerJournal(texts, batches.size(), lines - batches.size());
  }

  int messages() {
    return texts.values().stream().mapToInt(List::size).sum();
  }

  /** Of each key that was answered otherwise than it was posted to: which, what, and how. */
  List<String> differences(Map<String, List<String>> posted) {
    Set<String> keys = new TreeSet<>(posted.keySet());
    keys.addAll(texts.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(posted.get(key), texts.get(key)))
        .map(key -> key + " wrote " + posted.get(key) + ", answered " + texts.get(key))
        .toList();
  }

  /** A channel without ids stores twice what was delivered twice, one after the other. */
  AnswerJournal withoutRepetitionsOf(List<String> channels) {
    Map<String, List<String>> once = new LinkedHashMap<>();
    texts.forEach(
        (key, all) ->
            once.put(key, channels.contains(Inbound.channelOf(key)) ? withoutRepeats(all) : all));
    return new AnswerJournal(once, batches, repeated);
  }

  private static List<String> withoutRepeats(List<String> all) {
    List<String> once = new ArrayList<>();
    for (String text : all) {
      if (once.isEmpty() || !once.get(once.size() - 1).equals(text)) {
        once.add(text);
      }
    }
    return once;
  }
}
