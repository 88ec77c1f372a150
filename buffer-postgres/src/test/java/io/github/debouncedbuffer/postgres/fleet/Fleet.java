// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Nodes in JVMs of their own on one database, some of which are killed or stopped all the time. */
final class Fleet {

  private static final int PATIENCE_SECONDS = 60;

  private final String url;
  private final Path directory;
  private final Random random;
  private final List<FleetProcess> nodes = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();
  private int lives;

  Fleet(String url, Path directory, long seed) {
    this.url = url;
    this.directory = directory;
    this.random = new Random(seed);
  }

  /** Does something to the database. */
  @FunctionalInterface
  interface Act {
    void run() throws IOException;
  }

  /**
   * Lets so many nodes work for so long, while one after the other is killed or paused, and then
   * come to rest. In the middle of it the database is restarted.
   */
  void run(int size, int seconds, Act restart) throws IOException, InterruptedException {
    for (int i = 0; i < size; i++) {
      nodes.add(start());
    }
    trouble(size, seconds / 2);
    long at = System.nanoTime();
    restart.run();
    troubles.add(new Trouble(Trouble.ALL, at, System.nanoTime()));
    trouble(size, seconds - seconds / 2);
    for (FleetProcess node : nodes) {
      node.comeToRest(); // all of them first: each waits until nothing is pending anywhere
    }
    for (FleetProcess node : nodes) {
      if (!node.ends(PATIENCE_SECONDS)) {
        throw new AssertionError(node.name + " did not come to rest:\n" + Files.readString(log()));
      }
    }
  }

  private void trouble(int size, int seconds) throws IOException, InterruptedException {
    for (long end = System.nanoTime() + seconds * 1_000_000_000L; System.nanoTime() < end; ) {
      Thread.sleep(400 + random.nextInt(800));
      int chosen = random.nextInt(size);
      if (random.nextBoolean()) {
        kill(chosen);
      } else {
        pause(chosen);
      }
    }
  }

  private void kill(int chosen) throws IOException, InterruptedException {
    long at = System.nanoTime();
    nodes.get(chosen).kill();
    troubles.add(new Trouble(nodes.get(chosen).name, at, Long.MAX_VALUE));
    nodes.set(chosen, start());
  }

  /** For up to twice the lease: half of them are taken over meanwhile. */
  private void pause(int chosen) throws IOException, InterruptedException {
    FleetProcess node = nodes.get(chosen);
    long at = System.nanoTime();
    node.stop();
    Thread.sleep(random.nextInt((int) (2 * FleetNode.LEASE.toMillis())));
    node.goOn();
    troubles.add(new Trouble(node.name, at, System.nanoTime()));
  }

  private FleetProcess start() throws IOException {
    String name = "n" + ++lives;
    return new FleetProcess(name, url, directory.resolve(name + ".journal"), log());
  }

  private Path log() {
    return directory.resolve("log.txt");
  }

  List<Trouble> troubles() {
    return List.copyOf(troubles);
  }

  /** All that all lives of all nodes have written down. */
  List<Line> journal() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (int life = 1; life <= lives; life++) {
      Path file = directory.resolve("n" + life + ".journal");
      if (Files.exists(file)) {
        Files.readAllLines(file).forEach(line -> lines.add(Line.parse(line)));
      }
    }
    return lines;
  }
}
