// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/** What the library promises, by the names under which a violation is reported. */
public enum Promise {
  /** Durable: a receipt means stored, a refusal means not stored. */
  G1("Durable"),
  /** Every accepted message is pending, handled, dead or discarded by an explicit call. */
  G2("Nothing lost"),
  /** Pending messages have a window, a run or a backoff, and something is armed for it. */
  G3("No orphan"),
  /** A key has at most one running batch. */
  G4("One at a time"),
  /** Messages are handed over in the order of acceptance. */
  G5("In order"),
  /** Nothing runs before its due time. */
  G6("Never early"),
  /** Due times are what the policy says, and kept. */
  G7("Bounded wait"),
  /** The original start stays, arrival times never decrease. */
  G8("Original start"),
  /** No message is handed over twice without a failure. */
  G9("No causeless duplicate"),
  /** Stale completions change nothing; tokens and sequences never come again. */
  G10("Fenced"),
  /** A batch keeps its id and members, its attempts and its backoff. */
  G11("Frozen retry"),
  /** Dead after exactly {@code maxAttempts} counted claims, and nothing else dies. */
  G12("Exact dead letters"),
  /** A message id is stored once within its retention. */
  G13("Idempotent submit"),
  /** A batch has one key, and a key delays no other. */
  G14("Isolated keys"),
  /** An idle key has no row. */
  G15("Idle is free"),
  /** A restart loses nothing, keeps due times, and nothing runs after a close. */
  G16("Restart"),
  /** After an error the buffer works on, or is closed and says so. */
  G17("Still standing"),
  /** The same script gives the same history. */
  G18("Deterministic");

  private final String title;

  Promise(String title) {
    this.title = title;
  }

  /**
   * The promise in two or three words.
   *
   * @return as in the library's table of guarantees
   */
  public String title() {
    return title;
  }
}
