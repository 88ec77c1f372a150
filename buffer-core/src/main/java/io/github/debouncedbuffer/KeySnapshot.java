// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.spi.KeyState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a key that is not idle stands at one instant. Immutable.
 *
 * @param key the key
 * @param state where it is in its life
 * @param pending messages accepted and not yet handled, dead or discarded
 * @param late messages that are in no batch while one runs or backs off; 0 while waiting
 * @param startedAt the original start of the chain
 * @param dueAt when the window's batch or the next attempt may start; empty while running
 * @param batchId the batch that runs or backs off
 * @param attempt how many attempts of that batch were counted
 */
public record KeySnapshot(
    String key,
    KeyState state,
    int pending,
    int late,
    Instant startedAt,
    Optional<Instant> dueAt,
    Optional<String> batchId,
    OptionalInt attempt) {}
