// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names in the store that a newer library may have written.
 *
 * <p>A row with one is refused when it is read, before its batch is claimed: found at completion
 * only, its handler would have run in vain, at each start again. {@code SCHEMA} closes the buffer,
 * other keys and all. To leave such rows out instead is not simple: they would stand first among
 * what is due, and take the place of others. After a downgrade all that is stored is in doubt, and
 * the newer library goes on with it just where this one stopped.
 */
final class KnownNames {

  private static final Set<String> TIMINGS =
      Stream.of(FollowUp.values()).map(FollowUp::name).collect(Collectors.toSet());

  private KnownNames() {}

  /** The row, if all of its names are known. */
  static KeyRow row(KeyRow row) {
    if (!TIMINGS.contains(row.policy().followUp())) {
      throw newer("follow-up timing", null);
    }
    return row;
  }

  /** Why a dead letter is one. */
  static DeadLetter.Reason reason(String name) {
    try {
      return DeadLetter.Reason.valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw newer("reason of a dead letter", unknown);
    }
  }

  private static StoreException newer(String what, @Nullable Exception unknown) {
    return new StoreException(
        Reason.SCHEMA,
        "the store names a "
            + what
            + " that this library does not know; it was left as it is. Use the newer library that"
            + " has written it",
        unknown);
  }
}
