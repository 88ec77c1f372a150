// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A page to see it work: three phones to type on, and the buffer live beside them. */
@org.jspecify.annotations.NullMarked
package io.github.debouncedbuffer.examples.webhook.page;
