// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.checking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened, line by line, if anybody wants to know. */
public final class History {

  private final boolean kept;
  private final StringBuilder lines = new StringBuilder();

  public History(boolean kept) {
    this.kept = kept;
  }

  public boolean isKept() {
    return kept;
  }

  public void add(Instant at, String what, @Nullable Object... parts) {
    if (kept) {
      lines.append(at).append(' ').append(what);
      for (Object part : parts) {
        if (part != null) {
          lines.append(' ').append(part);
        }
      }
      lines.append('\n');
    }
  }

  @Override
  public String toString() {
    return lines.toString();
  }
}
