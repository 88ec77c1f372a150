// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import io.github.debouncedbuffer.sqlite.powercut.Event.Noted;
import io.github.debouncedbuffer.sqlite.powercut.Event.Synced;
import io.github.debouncedbuffer.sqlite.powercut.Event.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Replays the calls once and cuts the power at many places: one half right behind a receipt, where
 * the newest promise is youngest, the other half anywhere, in the middle of a call.
 */
final class Cuts {

  private static final long SEED = 8;

  private final Random random = new Random(SEED);
  private final List<Event> events;
  private final Path folder;
  private final Set<String> receipts = new HashSet<>();
  private final Set<String> handed = new HashSet<>();
  private final int[] madeOf = new int[Fate.values().length];
  private final int[] lossyOf = new int[Fate.values().length];
  private String firstLoss;

  Cuts(List<Event> events, Path folder) {
    this.events = events;
    this.folder = folder;
  }

  void make(int count) throws IOException, SQLException {
    Disk disk = new Disk();
    int next = 0;
    for (int place : places(count)) {
      for (; next < place; next++) {
        take(disk, events.get(next));
      }
      cut(disk, place);
    }
  }

  /** In order; at a place all calls before it are done, and the one there has begun. */
  private List<Integer> places(int count) {
    int[] behindReceipts =
        IntStream.range(1, events.size()).filter(i -> isReceipt(events.get(i - 1))).toArray();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(
          i % 2 == 0
              ? behindReceipts[random.nextInt(behindReceipts.length)]
              : random.nextInt(events.size()));
    }
    return places.stream().sorted().toList();
  }

  private void take(Disk disk, Event event) {
    disk.take(event);
    if (event instanceof Noted noted) {
      String line = noted.line();
      if (isReceipt(event)) {
        receipts.add(line.substring(Work.RECEIPT.length()));
      } else {
        handed.add(line.substring(Work.HANDED.length()));
      }
    }
  }

  private void cut(Disk disk, int place) throws IOException, SQLException {
    Fate fate = Fate.values()[random.nextInt(Fate.values().length)];
    String where = "cut at call %d of %d, %s".formatted(place, events.size(), fate);
    Map<String, byte[]> found = disk.afterPowerCut(events.get(place), fate, random);
    PowerCutTest.delete(folder);
    Files.createDirectory(folder);
    for (Map.Entry<String, byte[]> file : found.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    int lost;
    try {
      lost = new Audit(receipts, handed).lost(folder.resolve(Work.DATABASE));
    } catch (RuntimeException e) {
      throw new IllegalStateException(where, e);
    }
    madeOf[fate.ordinal()]++;
    if (lost > 0) {
      lossyOf[fate.ordinal()]++;
      firstLoss = firstLoss == null ? where + ": " + lost + " receipts" : firstLoss;
    }
  }

  private static boolean isReceipt(Event event) {
    return event instanceof Noted noted && noted.line().startsWith(Work.RECEIPT);
  }

  long receipts() {
    return events.stream().filter(Cuts::isReceipt).count();
  }

  /** A log is moved into the database, and written anew from its beginning, only behind one. */
  long checkpoints() {
    return events.stream().filter(new Synced(Work.DATABASE)::equals).count();
  }

  int made() {
    return IntStream.of(madeOf).sum();
  }

  int lossy() {
    return IntStream.of(lossyOf).sum();
  }

  /** Null if there was none. */
  String firstLoss() {
    return firstLoss;
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    long writes = events.stream().filter(e -> e instanceof Written).count();
    long syncs = events.stream().filter(e -> e instanceof Synced).count();
    line.append("%d receipts, %d writes, ".formatted(receipts(), writes));
    line.append("%d syncs (%d of the database); lost in".formatted(syncs, checkpoints()));
    for (Fate fate : Fate.values()) {
      line.append(" %d of %d %s".formatted(lossyOf[fate.ordinal()], madeOf[fate.ordinal()], fate));
    }
    return line.toString();
  }
}
