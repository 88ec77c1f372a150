// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

/**
 * The caller's id of a message, unique within its key. Immutable.
 *
 * @param key the key
 * @param id the caller's id
 */
public record MessageId(String key, String id) {}
