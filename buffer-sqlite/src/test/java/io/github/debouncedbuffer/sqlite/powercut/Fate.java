// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import java.util.Random;

/** What becomes of the changes that no sync had made durable when the power went. */
enum Fate {
  /** None of them reached the disk. */
  NONE,
  /** All did, as if the process alone had died. */
  ALL,
  /** They reached it in their order, up to one, of which the first bytes are there. */
  TORN,
  /** In no order: some changes are there, others not, and of a write some sectors only. */
  SCATTERED;

  private static final int SECTOR = 512;

  /** Which bytes of which change are there. Asked in the order of the changes. */
  interface Survivors {

    /**
     * How many bytes of a write to this offset, from this one of its bytes on, share their fate.
     */
    int together(int offset, int from, int length);

    /** Whether the piece that begins with this byte of the change is there. */
    boolean reached(int change, int from);
  }

  Survivors among(int changes, Random random) {
    return switch (this) {
      case NONE -> whole(false);
      case ALL -> whole(true);
      case TORN -> torn(random.nextInt(changes + 1), random.nextDouble());
      case SCATTERED -> scattered(random);
    };
  }

  private static Survivors whole(boolean reached) {
    return new Survivors() {
      @Override
      public int together(int offset, int from, int length) {
        return length - from;
      }

      @Override
      public boolean reached(int change, int from) {
        return reached;
      }
    };
  }

  private static Survivors torn(int last, double part) {
    return new Survivors() {
      @Override
      public int together(int offset, int from, int length) {
        return from == 0 ? Math.max(1, (int) (length * part)) : length - from;
      }

      @Override
      public boolean reached(int change, int from) {
        return change < last || (change == last && from == 0);
      }
    };
  }

  private static Survivors scattered(Random random) {
    return new Survivors() {
      @Override
      public int together(int offset, int from, int length) {
        return Math.min(SECTOR - (offset + from) % SECTOR, length - from);
      }

      @Override
      public boolean reached(int change, int from) {
        return random.nextBoolean();
      }
    };
  }
}
