// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.faults.TcpProxy.Mode;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The server is not there, or does not take part: bounded waits, and all is well by itself. */
class ConnectionFaultsTest extends Faulty {

  @Test
  void faults35_refused_atOpenAndLater() {
    append("before");
    proxy.mode(Mode.REFUSE);
    fails(Reason.UNAVAILABLE, () -> PostgresBufferStore.open(commits.source(), options()));
    proxy.cut();
    fails(Reason.UNAVAILABLE, () -> append("refused"));
    fails(Reason.UNAVAILABLE, () -> append("refused"));
    proxy.mode(Mode.PASS);
    append("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults35_cut_whileNothingIsDone() {
    append("before");
    proxy.cut();
    fails(Reason.UNAVAILABLE, () -> append("cut"));
    append("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults35_terminatedByAnAdministrator() throws SQLException {
    append("before");
    server.terminateAll();
    fails(Reason.UNAVAILABLE, () -> append("terminated"));
    append("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults35_stoppedAndStartedAgain() throws Exception {
    append("before");
    server.stop();
    fails(Reason.UNAVAILABLE, () -> append("stopped"));
    server.start();
    append("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults35_readOnly_asAfterAFailover() throws SQLException {
    append("before");
    server.execute("ALTER SYSTEM SET default_transaction_read_only = on");
    server.execute("SELECT pg_reload_conf()");
    server.terminateAll();
    fails(Reason.UNAVAILABLE, () -> append("cut"));
    fails(Reason.UNAVAILABLE, () -> append("read only"));
    server.execute("ALTER SYSTEM RESET ALL");
    server.execute("SELECT pg_reload_conf()");
    server.terminateAll();
    appendOnceThereIsRoom("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  @Test
  void faults35_tooManyConnections() throws SQLException {
    append("before");
    proxy.cut();
    List<Connection> others = new ArrayList<>();
    try {
      while (true) {
        others.add(server.connect());
      }
    } catch (SQLException full) {
      fails(Reason.UNAVAILABLE, () -> append("cut"));
      fails(Reason.UNAVAILABLE, () -> append("too many"));
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
    appendOnceThereIsRoom("after");
    assertThat(stored()).containsExactly("before", "after");
  }

  /** A server that has let go of others a moment ago may still count them. */
  private void appendOnceThereIsRoom(String text) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (true) {
      try {
        append(text);
        return;
      } catch (StoreException again) {
        assertThat(again.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(System.nanoTime()).isLessThan(end);
      }
    }
  }
}
