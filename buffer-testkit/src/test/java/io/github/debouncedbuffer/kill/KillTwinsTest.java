// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same kills and the same check over a store that breaks its word: they must find it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTwinsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"RECEIPT_BEFORE_COMMIT", "DELETED_AT_CLAIM"})
  void G2_storeThatLoses_isFound(Moment twin) throws Exception {
    Killer killer = new Killer(folder, 1);
    killer.kill(twin);
    killer.kill(Moment.AT_RANDOM);
    assertThat(killer.drain().findings()).anyMatch(finding -> finding.startsWith("G1, G2 "));
  }
}
