// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what must never be logged, so that {@link LogsRead} can show that it would find it. */
class PlantedLogTest {

  static final String NAME = "planted";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  @Test
  void faults59_whatIsPlanted_isLogged() throws Exception {
    assertThat(LOG.isWarnEnabled()).isTrue();
    LOG.warn(
        "a payload: {}", new String(new MarkedCodec().encode("hello"), StandardCharsets.UTF_8));
    LOG.warn("a key: {}", World.KEY);
    LOG.warn("a record: {}", new Plant("hello"));
  }

  private record Plant(String payload) {}
}
