// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.RetryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A world for each test, over the store that a subclass names. */
abstract class Behaviour {

  static final RetryPolicy THREE = RetryPolicy.DEFAULT.maxAttempts(3).jitter(0);

  World world;

  abstract StoreFixture stores();

  @BeforeEach
  void open() {
    world = new World(stores());
    prepare();
  }

  /** What all tests of a class have in common. */
  void prepare() {}

  @AfterEach
  void close() {
    world.close();
  }
}
