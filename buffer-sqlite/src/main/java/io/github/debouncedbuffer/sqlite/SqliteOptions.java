// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to open a {@link SqliteBufferStore}. Immutable, thread-safe.
 *
 * @param busyTimeout how long to wait for somebody else's hold on the file, a backup's say, before
 *     {@code BUSY}; from 1 ms to 1 hour
 * @param storeId the id that a newly made store gets; null for a random one. A store that exists
 *     keeps its own
 */
public record SqliteOptions(Duration busyTimeout, @Nullable String storeId) {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern STORE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks the values.
   *
   * @param busyTimeout from 1 ms to 1 hour
   * @param storeId 1 to 64 characters of {@code [A-Za-z0-9_-]}, or null
   * @throws IllegalArgumentException if one is out of its range
   */
  public SqliteOptions {
    Objects.requireNonNull(busyTimeout, "busyTimeout");
    if (busyTimeout.compareTo(SHORTEST) < 0 || busyTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "busyTimeout " + busyTimeout + " is not within " + SHORTEST + " to " + LONGEST);
    }
    if (storeId != null && !STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException("storeId " + storeId + " does not match " + STORE_ID);
    }
  }

  /**
   * What is used when nothing is said: a busy timeout of 5 seconds and a random store id.
   *
   * @return the default options
   */
  public static SqliteOptions defaults() {
    return new SqliteOptions(Duration.ofSeconds(5), null);
  }

  /**
   * The same options with another busy timeout.
   *
   * @param timeout from 1 ms to 1 hour
   * @return the changed options
   */
  public SqliteOptions withBusyTimeout(Duration timeout) {
    return new SqliteOptions(timeout, storeId);
  }

  /**
   * The same options with a fixed id for a newly made store, so that a simulation repeats.
   *
   * @param id 1 to 64 characters of {@code [A-Za-z0-9_-]}
   * @return the changed options
   */
  public SqliteOptions withStoreId(String id) {
    return new SqliteOptions(busyTimeout, Objects.requireNonNull(id, "storeId"));
  }

  static String randomStoreId() {
    return HexFormat.of().toHexDigits(RANDOM.nextLong());
  }
}
