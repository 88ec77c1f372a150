// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static io.github.debouncedbuffer.spi.StoreException.Reason.CORRUPT;
import static io.github.debouncedbuffer.spi.StoreException.Reason.SCHEMA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.debouncedbuffer.proof.Proof;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Files with flipped bytes, cut ones, and ones that never were ours. */
class FileFuzzProperties {

  private static final byte[] FILE = ChatFile.bytes();
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final AtomicInteger opened = new AtomicInteger();
  private static final AtomicInteger refused = new AtomicInteger();

  /** A byte of the file, and what is turned in it. */
  record Flip(int at, int bits) {}

  /** Half of them where it matters: in the file's header or at the beginning of a page. */
  @Provide
  Arbitrary<List<Flip>> flips() {
    Arbitrary<Integer> anywhere = Arbitraries.integers().between(0, FILE.length - 1);
    Arbitrary<Integer> header = Arbitraries.integers().between(0, 110);
    Arbitrary<Integer> page =
        Combinators.combine(
                Arbitraries.integers().between(0, FILE.length / 4096 - 1),
                Arbitraries.integers().between(0, 40))
            .as((number, offset) -> number * 4096 + offset);
    return Combinators.combine(
            Arbitraries.oneOf(anywhere, header, page), Arbitraries.integers().between(1, 255))
        .as(Flip::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void faults27_flippedBytes_areFoundOrHarmless(@ForAll("flips") List<Flip> flips) {
    byte[] bytes = FILE.clone();
    flips.forEach(flip -> bytes[flip.at()] ^= (byte) flip.bits());
    lives(bytes);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void faults27_truncatedFile_isFoundOrHarmless(@ForAll @IntRange(max = 1 << 20) int length) {
    lives(Arrays.copyOf(FILE, 1 + length % (FILE.length - 1)));
  }

  /** It ends, throws nothing of its own, and a file that is refused is as it was. */
  private static void lives(byte[] bytes) {
    try (Fresh fresh = Fresh.folder()) {
      Path file = fresh.with(bytes);
      Afterlife after =
          assertTimeoutPreemptively(LONGEST, () -> new Afterlife(file).live(), "it hangs");
      (after.isRefused() ? refused : opened).incrementAndGet();
      if (!after.storeOpened()) {
        assertThat(file).hasBinaryContent(bytes);
      }
    }
  }

  @Property
  void faults27_faults31_whatIsNotOurs_isRefused_andUntouched(
      @ForAll byte[] bytes, @ForAll boolean looksLikeSqlite) {
    byte[] content = new byte[100 + bytes.length];
    System.arraycopy(bytes, 0, content, 100, bytes.length);
    System.arraycopy(FILE, 0, content, 0, looksLikeSqlite ? 68 : 0); // without our application id
    try (Fresh fresh = Fresh.folder()) {
      Path file = fresh.with(content);
      assertThatThrownBy(() -> SqliteBufferStore.open(file).close())
          .isInstanceOfSatisfying(
              StoreException.class, why -> assertThat(why.reason()).isIn(CORRUPT, SCHEMA));
      assertThat(file).hasBinaryContent(content);
    }
  }

  @AfterContainer
  static void writeCounts() {
    Proof.write(
        "71-fuzz-files",
        "fuzzing: %,d damaged files; %,d did not open",
        opened.get() + refused.get(),
        refused.get());
    assertThat(refused.get()).isPositive();
    assertThat(opened.get()).isPositive();
  }
}
