// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of the buffer over the SQLite store. */
class SqliteBehaviourTest {

  @TempDir Path directory;

  @Nested
  class Flow extends FlowBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Submit extends SubmitBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Ask extends AskBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Supersede extends SupersedeBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Undisturbed extends UndisturbedBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Members extends MembersBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Removal extends RemovalBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Rules extends RulesBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Failure extends FailureBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class StoreFailure extends StoreFailureBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Restart extends RestartBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }

  @Nested
  class Close extends CloseBehaviour {
    @Override
    StoreFixture stores() {
      return new StoreFixture.Sqlite(directory);
    }
  }
}
