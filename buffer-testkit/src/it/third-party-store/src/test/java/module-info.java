// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** The contract over that store. */
open module com.example.contract {
  requires com.example.filestore;
  requires io.github.debouncedbuffer.testkit;
  requires org.junit.jupiter.api;
  requires org.junit.platform.launcher;
}
