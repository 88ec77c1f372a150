// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What the nodes have told, written down outside the library. Thread-safe. */
final class Board {

  /** A message, where it was sent, and what became of it. */
  private static final class Sent {
    final String key;
    String node;
    boolean accepted;
    int answers;

    Sent(String key, String node) {
      this.key = key;
      this.node = node;
    }
  }

  private final Map<String, Sent> messages = new LinkedHashMap<>();
  private final Map<String, Set<String>> asking = new HashMap<>();
  private final Map<String, Integer> answersOf = new TreeMap<>();
  private int atOnce;

  synchronized void sent(String id, String key, String node) {
    messages.computeIfAbsent(id, any -> new Sent(key, node)).node = node;
  }

  synchronized void accepted(String id) {
    message(id).accepted = true;
  }

  private Sent message(String id) {
    return Objects.requireNonNull(messages.get(id), "a message that nobody has sent");
  }

  /** A node has begun to answer a key; if another one is at it, that is two at once. */
  synchronized void asked(String node, String key) {
    Set<String> nodes = asking.computeIfAbsent(key, any -> new HashSet<>());
    nodes.add(node);
    atOnce += nodes.size() > 1 ? 1 : 0;
  }

  synchronized void answered(String node, String key, List<String> ids) {
    asking.getOrDefault(key, new HashSet<>()).remove(node);
    answersOf.merge(node, ids.size(), Integer::sum);
    ids.forEach(id -> message(id).answers++);
  }

  /** A node is gone; the keys that it was answering. */
  synchronized List<String> gone(String node) {
    return asking.entrySet().stream()
        .filter(entry -> entry.getValue().remove(node))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  synchronized boolean isAnswering(String node) {
    return asking.values().stream().anyMatch(nodes -> nodes.contains(node));
  }

  /** What was sent to a node that has not said that it has it: ids with their keys. */
  synchronized Map<String, String> unconfirmed(String node) {
    Map<String, String> found = new LinkedHashMap<>();
    messages.forEach(
        (id, sent) -> {
          if (!sent.accepted && sent.node.equals(node)) {
            found.put(id, sent.key);
          }
        });
    return found;
  }

  synchronized int accepted() {
    return (int) messages.values().stream().filter(sent -> sent.accepted).count();
  }

  synchronized int unanswered() {
    return (int) messages.values().stream().filter(sent -> sent.answers == 0).count();
  }

  synchronized int twice() {
    return (int) messages.values().stream().filter(sent -> sent.answers > 1).count();
  }

  synchronized int atOnce() {
    return atOnce;
  }

  /** How many messages each node has answered, by its name. */
  synchronized Map<String, Integer> answersOf() {
    return Map.copyOf(answersOf);
  }
}
