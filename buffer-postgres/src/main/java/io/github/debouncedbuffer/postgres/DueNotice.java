// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.KeyRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether what a transaction saves is due sooner than all that was there: then the other
 * nodes are told. On a busy store it is not, so that they rarely are, for a commit that tells
 * something waits for all others that do.
 */
final class DueNotice {

  private final Looks looks;
  private @Nullable Instant before;
  private @Nullable Instant saved;

  DueNotice(Looks looks) {
    this.looks = looks;
  }

  /** Called before they are saved. */
  void saving(Collection<KeyRow> rows) throws SQLException {
    Optional<Instant> earliest =
        rows.stream().map(KeyRow::dueAt).filter(Objects::nonNull).min(Comparator.naturalOrder());
    if (earliest.isEmpty()) {
      return;
    }
    if (saved == null) {
      Look.Due there = looks.first().nextUnrecovered();
      before = there == null ? Instant.MAX : there.at();
      saved = Instant.MAX;
    }
    saved = earliest.get().isBefore(saved) ? earliest.get() : saved;
  }

  Optional<Instant> sooner() {
    return before != null && saved != null && saved.isBefore(before)
        ? Optional.of(saved)
        : Optional.empty();
  }
}
