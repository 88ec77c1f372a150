// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

class StoreFailureInMemoryTest extends StoreFailureBehaviour {
  @Override
  StoreFixture stores() {
    return new StoreFixture.Memory();
  }
}
