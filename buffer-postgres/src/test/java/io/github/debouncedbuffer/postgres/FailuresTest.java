// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class FailuresTest {

  private static SQLException said(String... fields) {
    return new PSQLException(new ServerErrorMessage(String.join("\0", fields) + "\0"));
  }

  @Test
  void aConflict_isADuplicateInATableOfTheNodes_andOtherDuplicatesAreNone() {
    assertThat(Failures.isConflict(said("SERROR", "C23505", "Mno", "tkeys"))).isTrue();
    assertThat(Failures.isConflict(said("SERROR", "C23505", "Mno", "tmessage_ids"))).isTrue();
    assertThat(Failures.isConflict(said("SERROR", "C23505", "Mno", "tmessages"))).isFalse();
    assertThat(Failures.isConflict(said("SERROR", "C23503", "Mno", "tkeys"))).isFalse();
    assertThat(Failures.isConflict(said("SERROR", "C23505", "Mraised by a trigger"))).isFalse();
    assertThat(Failures.isConflict(new SQLException("not the server's", "23505"))).isFalse();
  }

  @Test
  void aCommitIsTakenBack_onlyIfTheServerSaysSo() {
    assertThat(Failures.isTakenBack(said("SERROR", "C23505", "Mno"))).isTrue();
    assertThat(Failures.isTakenBack(said("SERROR", "C57014", "Mtoo long"))).isTrue();
    assertThat(Failures.isTakenBack(said("SERROR", "C53100", "Mdisk full"))).isTrue();
    assertThat(Failures.isTakenBack(said("SFATAL", "C57P01", "Mshut down"))).isFalse();
    assertThat(Failures.isTakenBack(said("SERROR", "C40003", "Mwho knows"))).isFalse();
    assertThat(Failures.isTakenBack(said("SERROR", "C08006", "Msays a pooler"))).isFalse();
    assertThat(Failures.isTakenBack(new SQLException("cut", "08006"))).isFalse();
    assertThat(Failures.isTakenBack(new SQLException("by a driver", "23505"))).isFalse();
  }
}
