// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.postgres.faults.Server;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four JVMs on one real database submit, handle, and are killed and stopped; what their journals
 * say breaks no promise, and what handlers had written together with their completions is there
 * once, whatever was killed when. {@code -Dfleet.seconds=} makes it longer, {@code -Dfleet.seed=}
 * repeats which node suffers what.
 */
class FleetTest {

  private static final int NODES = 4;

  @TempDir Path directory;

  @Test
  void G1_G2_G4_G5_G9_G10_G11_faults12_faults39_faults42_nodesThatAreKilledAndPaused()
      throws Exception {
    long seed = Long.getLong("fleet.seed", System.nanoTime());
    int seconds = Integer.getInteger("fleet.seconds", 12);
    Fleet fleet;
    List<Long> handled;
    try (Server server = new Server(directory.resolve("server"))) {
      String url = server.url();
      Handled.create(url);
      fleet = new Fleet(url, directory, seed);
      fleet.run(
          NODES,
          seconds,
          () -> {
            server.stop();
            server.start();
          });
      handled = Handled.read(url);
    }
    List<Long> accepted =
        fleet.journal().stream()
            .filter(line -> line.kind() == Line.Kind.ACCEPTED)
            .filter(line -> FleetNode.isNotedInTheDatabase(line.key()))
            .map(line -> line.messages().get(0))
            .toList();
    assertThat(handled).as("seed " + seed + ", in the database").doesNotHaveDuplicates();
    assertThat(handled).as("seed " + seed + ", in the database").containsAll(accepted);
    FleetCheck.Found found =
        FleetCheck.check(fleet.journal(), fleet.troubles(), FleetNode.LEASE.toNanos());
    long kills = fleet.troubles().stream().filter(Trouble::isKill).count();
    System.out.printf(
        "fleet: seed %d, %d s, %d kills, %d pauses, 1 restart of the server; %d accepted, %d runs, %d stale, %d repeated%n",
        seed,
        seconds,
        kills,
        fleet.troubles().size() - kills - 1,
        found.accepted(),
        found.runs(),
        found.stale(),
        found.repeated());
    assertThat(found.broken()).as("seed " + seed).isEmpty();
    assertThat(found.accepted()).isGreaterThan(100);
    assertThat(fleet.troubles()).hasSizeGreaterThanOrEqualTo(4);
  }
}
