// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import io.github.debouncedbuffer.sqlite.powercut.Event.Cut;
import io.github.debouncedbuffer.sqlite.powercut.Event.FolderSynced;
import io.github.debouncedbuffer.sqlite.powercut.Event.Made;
import io.github.debouncedbuffer.sqlite.powercut.Event.Removed;
import io.github.debouncedbuffer.sqlite.powercut.Event.Synced;
import io.github.debouncedbuffer.sqlite.powercut.Event.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * A disk behind a cache that keeps the least that POSIX promises. What a file holds is durable once
 * it is synced; that a name exists, or no longer does, once its folder is. Everything else is in
 * the cache, and what becomes of it the {@link Fate} says.
 */
final class Disk {

  private final Map<String, Content> seen = new HashMap<>();
  private final Map<String, Content> durable = new HashMap<>();
  private final List<Change> cached = new ArrayList<>();

  /** In the order of the calls. */
  private sealed interface Change {}

  private record Wrote(Content file, int offset, byte[] bytes) implements Change {}

  private record Shortened(Content file, int length) implements Change {}

  private record Named(String name, Content file) implements Change {}

  private record Unnamed(String name) implements Change {}

  /** Takes a call that is done. */
  void take(Event event) {
    if (event instanceof Synced synced) {
      sync(file(synced.file()));
    } else if (event instanceof FolderSynced) {
      syncFolder();
    } else {
      for (Change change : changes(event)) {
        rename(seen, change);
        cached.add(change);
      }
    }
  }

  /** None, if it is a note, a sync that may not be done yet, or makes what is there. */
  private List<Change> changes(Event event) {
    if (event instanceof Made made && !seen.containsKey(made.file())) {
      return List.of(new Named(made.file(), new Content()));
    } else if (event instanceof Written written) {
      return List.of(new Wrote(file(written.file()), written.offset(), written.bytes()));
    } else if (event instanceof Cut cut) {
      return List.of(new Shortened(file(cut.file()), cut.length()));
    } else if (event instanceof Removed removed) {
      return List.of(new Unnamed(removed.file()));
    }
    return List.of();
  }

  private Content file(String name) {
    return Objects.requireNonNull(seen.get(name), name);
  }

  private void sync(Content file) {
    Iterator<Change> changes = cached.iterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      if (change instanceof Wrote wrote && wrote.file() == file) {
        file.write(wrote.offset(), wrote.bytes(), 0, wrote.bytes().length);
        changes.remove();
      } else if (change instanceof Shortened shortened && shortened.file() == file) {
        file.shorten(shortened.length());
        changes.remove();
      }
    }
  }

  private void syncFolder() {
    Iterator<Change> changes = cached.iterator();
    while (changes.hasNext()) {
      Change change = changes.next();
      if (change instanceof Named || change instanceof Unnamed) {
        rename(durable, change);
        changes.remove();
      }
    }
  }

  private static void rename(Map<String, Content> names, Change change) {
    if (change instanceof Named named) {
      names.put(named.name(), named.file());
    } else if (change instanceof Unnamed unnamed) {
      names.remove(unnamed.name());
    }
  }

  /**
   * What is found after the power has come back: the bytes of each file. This disk goes on
   * unchanged.
   *
   * @param begun the call that is not done yet
   */
  Map<String, byte[]> afterPowerCut(Event begun, Fate fate, Random random) {
    List<Change> doubtful = new ArrayList<>(cached);
    doubtful.addAll(changes(begun));
    Map<Content, Content> contents = new HashMap<>();
    Map<String, Content> names = new HashMap<>(durable);
    Fate.Survivors survivors = fate.among(doubtful.size(), random);
    for (int i = 0; i < doubtful.size(); i++) {
      Change change = doubtful.get(i);
      if (change instanceof Wrote wrote) {
        apply(wrote, copy(contents, wrote.file()), i, survivors);
      } else if (survivors.reached(i, 0)) {
        if (change instanceof Shortened shortened) {
          copy(contents, shortened.file()).shorten(shortened.length());
        } else {
          rename(names, change);
        }
      }
    }
    Map<String, byte[]> found = new HashMap<>();
    names.forEach((name, file) -> found.put(name, copy(contents, file).bytes()));
    return found;
  }

  private static Content copy(Map<Content, Content> contents, Content file) {
    return contents.computeIfAbsent(file, Content::copy);
  }

  private static void apply(Wrote wrote, Content file, int change, Fate.Survivors survivors) {
    int length = wrote.bytes().length;
    int from = 0;
    while (from < length) {
      int together = survivors.together(wrote.offset(), from, length);
      if (survivors.reached(change, from)) {
        file.write(wrote.offset() + from, wrote.bytes(), from, together);
      }
      from += together;
    }
  }
}
