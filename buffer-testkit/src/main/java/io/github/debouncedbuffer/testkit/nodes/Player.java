// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import java.time.Duration;
import java.util.List;

/** Does what a scenario's operations say. */
final class Player {

  private static final int LAST_STEPS = 3_000;

  private final World world;

  Player(World world) {
    this.world = world;
  }

  /** Returns whether the operation had any effect. */
  boolean play(NodesOperation operation) {
    int a = operation.a();
    int b = operation.b();
    world.history.add(world.time(), "> " + operation);
    return switch (operation.verb()) {
      case SUBMIT -> submit(node(a), b, operation.c());
      case RUN -> world.run(node(a), b);
      case ADVANCE -> advance(a);
      case PAUSE -> pause(node(a), b);
      case CUT -> cut(node(a), b);
      case LOSE -> lose(node(a), b);
      case DEAF -> deafen(node(a));
      case KILL -> kill(node(a));
      case CLOSE -> close(node(a));
      case START -> world.start(node(a));
      case END -> end(a, b);
    };
  }

  private Node node(int number) {
    return world.nodes.get(Math.floorMod(number, world.nodes.size()));
  }

  private boolean submit(Node node, int key, int id) {
    Life life = node.life;
    if (life == null || node.isPaused(world.time())) {
      return false;
    }
    List<String> keys = world.ledger.keys;
    life.submit(keys.get(Math.floorMod(key, keys.size())), id > 0 ? "id" + id : null);
    return true;
  }

  private boolean advance(int seconds) {
    boolean effect = seconds > 0 || !world.isQuiet();
    world.advance(Duration.ofSeconds(Math.max(0, seconds)));
    return effect;
  }

  private boolean pause(Node node, int seconds) {
    node.pause(world.time().plusSeconds(Math.max(0, seconds)));
    return node.isPaused(world.time()) && node.life != null;
  }

  private boolean cut(Node node, int seconds) {
    node.cut(world.time().plusSeconds(Math.max(0, seconds)));
    return node.isCut(world.time()) && node.life != null;
  }

  private static boolean lose(Node node, int transactions) {
    node.loseIn = Math.max(0, transactions);
    return node.life != null;
  }

  private static boolean deafen(Node node) {
    boolean effect = !node.deaf;
    node.deaf = true;
    return effect;
  }

  private static boolean kill(Node node) {
    boolean effect = node.life != null;
    node.life = null;
    return effect;
  }

  private boolean close(Node node) {
    Life life = node.life;
    if (life == null || life.closing || node.isPaused(world.time())) {
      return false;
    }
    life.close();
    return true;
  }

  private boolean end(int index, int how) {
    List<Claim> open =
        world.ledger.openRuns().stream()
            .filter(run -> !run.owner.node.isPaused(world.time()))
            .toList();
    if (open.isEmpty()) {
      return false;
    }
    world.end(open.get(Math.floorMod(index, open.size())), how);
    return true;
  }

  /** All nodes are well; everything must come to its end. Returns whether it has. */
  boolean drain(boolean fails) {
    for (Node node : world.nodes) {
      node.heal(world.time());
    }
    for (int i = 0; i < LAST_STEPS && world.violation() == null; i++) {
      world.nodes.forEach(world::start);
      world.ledger.openRuns().forEach(run -> world.end(run, fails ? 1 : 0));
      if (world.ledger.view.nothingPending() && world.ledger.openRuns().isEmpty()) {
        return true;
      }
      world.advance(Duration.ofSeconds(1));
    }
    return world.violation() != null;
  }
}
