// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.fixed;
import static io.github.debouncedbuffer.internal.Given.followUp;
import static io.github.debouncedbuffer.internal.Given.maxBatch;
import static io.github.debouncedbuffer.internal.Given.quiet;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random walks over the protocol, longer and with more various numbers than {@link
 * ProtocolExhaustiveTest} can have: each submit under another policy, larger batches, any time. A
 * walk that fails names its seed and all that happened; put the seed into {@link #seeds} to repeat
 * it.
 */
class ProtocolWalkTest {

  private static final int KEYS = 2;
  private static final int WALKS = 7_000;
  private static final int EVENTS = 60;

  private Random random;

  static List<Long> seeds() {
    long fresh = System.nanoTime();
    System.out.println("ProtocolWalkTest: the fresh seed is " + fresh);
    return List.of(1L, 20_260_101L, fresh);
  }

  @ParameterizedTest(name = WALKS + " walks from seed {0}")
  @MethodSource("seeds")
  void everyStep_ofEveryWalk_keepsThePromises(long first) {
    for (long seed = first; seed < first + WALKS; seed++) {
      random = new Random(seed);
      try {
        Walk walk = Walk.begin(KEYS, RETRY);
        for (int i = 0; i < EVENTS; i++) {
          walk = event(walk.passes(walk.now + random.nextInt(15)), random.nextInt(KEYS));
        }
      } catch (AssertionError broken) {
        throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
      }
    }
  }

  private Walk event(Walk walk, int k) {
    PlainKey key = walk.plain(k);
    return switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4, 5 -> walk.submit(k, anyPolicy());
      case 6, 7, 8, 9 -> key.state == null ? walk : walk.due(k);
      case 10, 11 -> walk.returned(k, anyToken(key));
      case 12, 13 -> walk.failed(k, anyToken(key));
      case 14 -> walk.released(k, anyToken(key), random.nextInt(9));
      case 15 -> walk.unreadable(k, anyToken(key), anyBatch(key), anyMembers(key));
      case 16 -> walk.flush(k);
      case 17 -> walk.extend(k, walk.now + random.nextInt(90));
      case 18 -> random.nextInt(4) == 0 ? walk.discard(k) : redrive(walk, k);
      case 19 -> walk.superseded(k, anyToken(key), random.nextInt(3));
      case 20 -> walk.superseded(k, anyToken(key), 3);
      case 21 -> walk.mayAbsorb(k) ? walk.absorb(k) : walk;
      case 22 -> walk.mayAcknowledge(k) ? walk.acknowledge(k) : walk;
      case 23 -> walk.withdraw(k, random.nextInt(Math.max(1, key.waiting.size())));
      case 24 -> random.nextInt(4) == 0 ? walk.erase(k) : walk;
      default -> walk.recover(walk.now - (random.nextInt(3) == 0 ? random.nextInt(300) : 0));
    };
  }

  private Walk redrive(Walk walk, int k) {
    return walk.plain(k).dead.isEmpty() ? walk : walk.redrive(k, anyPolicy());
  }

  private PolicyRow anyPolicy() {
    PolicyRow base = random.nextBoolean() ? quiet(10, 35) : fixed(35, 35 + random.nextInt(30));
    FollowUp timing = FollowUp.values()[random.nextInt(3)];
    return maxBatch(followUp(base, timing), 1 + random.nextInt(5));
  }

  private long anyToken(PlainKey key) {
    return random.nextInt(8) == 0 ? key.formerToken : key.token;
  }

  private long anyBatch(PlainKey key) {
    return random.nextInt(8) == 0 ? -1 : key.id;
  }

  /** Their places in the batch: one or more, if it runs. */
  private int[] anyMembers(PlainKey key) {
    int members = key.state == KeyState.RUNNING ? key.members.size() : 0;
    int sure = random.nextInt(Math.max(1, members));
    return IntStream.range(0, members).filter(i -> i == sure || random.nextBoolean()).toArray();
  }
}
