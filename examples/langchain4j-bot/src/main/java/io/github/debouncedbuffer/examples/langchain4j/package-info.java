// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A LangChain4j AI service behind a buffer: its chat memory stays intact. */
@NullMarked
package io.github.debouncedbuffer.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
