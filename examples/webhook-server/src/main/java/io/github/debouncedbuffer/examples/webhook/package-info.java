// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A chat bot behind webhooks: three channels, one buffer, one page to watch it. */
@org.jspecify.annotations.NullMarked
package io.github.debouncedbuffer.examples.webhook;
