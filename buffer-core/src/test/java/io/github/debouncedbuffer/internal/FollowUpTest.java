// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.messages;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The incident, both bugs of it, under each timing: a window of 35 s from T+0, a run from T+35, a
 * message while it runs. The late message is never orphaned (G3), the original start never moves
 * (G8).
 */
class FollowUpTest {

  @ParameterizedTest(name = "{0}: late at T+{1}, run ends at T+{2}, due at T+{3}")
  @CsvSource({
    "FROM_ARRIVAL, 46, 61, 81",
    "FROM_COMPLETION, 46, 61, 96",
    "IMMEDIATELY, 46, 61, 61",
    "FROM_ARRIVAL, 42, 63, 77",
    "FROM_COMPLETION, 42, 63, 98",
    "IMMEDIATELY, 42, 63, 63",
  })
  void lateMessage_isDueByItsTiming_andTheOriginalStartStays(
      FollowUp timing, long late, long ends, long due) {
    PolicyRow policy = Given.followUp(FIXED, timing);

    KeyRow row = Protocol.submit(null, KEY, policy, false, at(0)).row();
    assertThat(row.dueAt()).isEqualTo(at(35));
    row = Protocol.due(row, messages(0), 1, null, at(35)).row();
    assertStarted(row, KeyState.RUNNING);
    row = Protocol.submit(row, KEY, policy, false, at(late)).row();
    assertStarted(row, KeyState.RUNNING);

    row = Protocol.returned(row, 1, at(ends)).row();
    assertStarted(row, KeyState.WAITING);
    assertThat(row.dueAt()).isEqualTo(at(due));
    assertThat(row.pending()).isEqualTo(1);

    row = Protocol.due(row, messages(0, late).subList(1, 2), 2, null, at(due)).row();
    assertStarted(row, KeyState.RUNNING);
    assertThat(row.batch().openedAt()).isEqualTo(at(late));
    assertThat(Protocol.returned(row, 2, at(due + 20)).row()).isNull();
  }

  @ParameterizedTest(name = "{0}: a run that outlasts the late message''s own window, due at T+{1}")
  @CsvSource({"FROM_ARRIVAL, 77", "FROM_COMPLETION, 235", "IMMEDIATELY, 200"})
  void lateMessage_whoseWindowPassedDuringTheRun_isDueAtOnce_orAsTheTimingSays(
      FollowUp timing, long due) {
    KeyRow row = followUp(timing, 42, 200);
    assertThat(row.dueAt()).isEqualTo(at(due));
  }

  @ParameterizedTest
  @CsvSource({"FROM_ARRIVAL, 77", "FROM_COMPLETION, 98", "IMMEDIATELY, 63"})
  void messageInTheFollowUp_joinsIt_withoutMovingItsDueTime(FollowUp timing, long due) {
    KeyRow row = followUp(timing, 42, 63);
    KeyRow joined = Protocol.submit(row, KEY, FIXED, false, at(70)).row();
    assertThat(joined.dueAt()).isEqualTo(at(due));
    assertThat(joined.pending()).isEqualTo(2);
    assertStarted(joined, KeyState.WAITING);
  }

  private static KeyRow followUp(FollowUp timing, long late, long ends) {
    PolicyRow policy = Given.followUp(FIXED, timing);
    KeyRow row = Protocol.submit(null, KEY, policy, false, at(0)).row();
    row = Protocol.due(row, messages(0), 1, null, at(35)).row();
    row = Protocol.submit(row, KEY, policy, false, at(late)).row();
    return Protocol.returned(row, 1, at(ends)).row();
  }

  private static void assertStarted(KeyRow row, KeyState state) {
    assertThat(row.state()).isEqualTo(state);
    assertThat(row.startedAt()).isEqualTo(at(0));
  }
}
