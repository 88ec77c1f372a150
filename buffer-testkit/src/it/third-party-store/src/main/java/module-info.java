// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A store that somebody else has written. Needs what the SPI exports and nothing more. */
module com.example.filestore {
  requires transitive io.github.debouncedbuffer;

  exports com.example.filestore;
}
