// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

/**
 * What has happened between nodes, counted: so that nobody takes scenarios of nothing for a proof.
 * Not thread-safe.
 */
public final class Tally {

  private long commits;
  private long claims;
  private long takeovers;
  private long staleEnds;
  private long told;
  private long woken;
  private long deaths;

  Tally() {}

  /**
   * How many transactions were committed and checked.
   *
   * @return 0 or more
   */
  public long commits() {
    return commits;
  }

  /**
   * How many batches were claimed.
   *
   * @return 0 or more
   */
  public long claims() {
    return claims;
  }

  /**
   * How many claims were taken over after their lease.
   *
   * @return 0 or more
   */
  public long takeovers() {
    return takeovers;
  }

  /**
   * How many runs ended after their batch was taken over, to no effect.
   *
   * @return 0 or more
   */
  public long staleEnds() {
    return staleEnds;
  }

  /**
   * How many handlers or listeners were told that their batch was taken over.
   *
   * @return 0 or more
   */
  public long told() {
    return told;
  }

  /**
   * How many claims followed from the word of another node alone.
   *
   * @return 0 or more
   */
  public long woken() {
    return woken;
  }

  /**
   * How many batches died.
   *
   * @return 0 or more
   */
  public long deaths() {
    return deaths;
  }

  void committed() {
    commits++;
  }

  void claimed() {
    claims++;
  }

  void tookOver() {
    takeovers++;
  }

  void endedStale() {
    staleEnds++;
  }

  void wasTold() {
    told++;
  }

  void wokeUp() {
    woken++;
  }

  void died() {
    deaths++;
  }

  void add(Tally other) {
    commits += other.commits;
    claims += other.claims;
    takeovers += other.takeovers;
    staleEnds += other.staleEnds;
    told += other.told;
    woken += other.woken;
    deaths += other.deaths;
  }

  /** In one line. */
  @Override
  public String toString() {
    return ("%,d commits, %,d claims, %,d takeovers, %,d stale ends, %,d told of it,"
            + " %,d woken by another node, %,d dead letters")
        .formatted(commits, claims, takeovers, staleEnds, told, woken, deaths);
  }
}
