// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

class RestartInMemoryTest extends RestartBehaviour {
  @Override
  StoreFixture stores() {
    return new StoreFixture.Memory();
  }
}
