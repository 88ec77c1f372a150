// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import org.junit.jupiter.api.Nested;

/** The behaviour of the buffer over the in-memory store. */
class InMemoryBehaviourTest {

  @Nested
  class Flow extends FlowBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Submit extends SubmitBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Ask extends AskBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Supersede extends SupersedeBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Undisturbed extends UndisturbedBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Members extends MembersBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Removal extends RemovalBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Rules extends RulesBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Failure extends FailureBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class StoreFailure extends StoreFailureBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Restart extends RestartBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }

  @Nested
  class Close extends CloseBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Memory();
    }
  }
}
