// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import org.jspecify.annotations.Nullable;

/** When a life ends: at a chosen point of a transaction, in a handler, at random, or never. */
enum Moment {
  BEFORE_SUBMIT("submit"),
  AFTER_SUBMIT("submit"),
  BEFORE_CLAIM("claim"),
  AFTER_CLAIM("claim"),
  BEFORE_COMPLETION("complete"),
  AFTER_COMPLETION("complete"),
  AT_RANDOM(null),
  /** As soon as the batch begins that kills whoever handles it. */
  IN_HANDLER(null),
  /** Not at all: the life takes no new messages and ends when nothing is pending. */
  DRAINED(null),
  /** The twin that is to be found: a receipt is given, and the kill comes before the commit. */
  RECEIPT_BEFORE_COMMIT("submit"),
  /** The twin that is to be found: a claim deletes its batch, and the kill comes in the run. */
  DELETED_AT_CLAIM("claim");

  /** The kind of transaction that has to come by. */
  final @Nullable String kind;

  Moment(@Nullable String kind) {
    this.kind = kind;
  }
}
