// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.util.List;

/**
 * A dead letter with its messages. Immutable.
 *
 * @param row what is known of it
 * @param messages its messages in the order of their sequences
 */
public record BuriedLetter(DeadLetterRow row, List<StoredMessage> messages) {}
