// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.proof.Proof;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Keys, message ids and payloads, whatever they are made of, on SQLite. */
class TextFuzzProperties {

  private static final AtomicInteger accepted = new AtomicInteger();
  private static final AtomicInteger refused = new AtomicInteger();

  /** What somebody sends. */
  record Sent(String key, String id, String payload) {}

  @Provide
  Arbitrary<Sent> anything() {
    Arbitrary<Character> odd = Arbitraries.of('\0', '\uD800', '\uDC00', 'é', 'e', '\u0301', '\'');
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(6),
            Arbitraries.strings().withChars("aA %_?'").ofMaxLength(2),
            odd.list().ofMaxSize(4).map(TextFuzzProperties::text),
            Arbitraries.integers().between(250, 520).map("é"::repeat),
            Arbitraries.integers().between(125, 130).map("😀"::repeat));
    return Combinators.combine(texts, texts, texts).as(Sent::new);
  }

  private static String text(List<Character> characters) {
    StringBuilder text = new StringBuilder();
    characters.forEach(text::append);
    return text.toString();
  }

  /** The strictest reader of the JDK: what it cannot encode, SQLite would store as a {@code ?}. */
  private static boolean wellFormed(String text) {
    try {
      ByteBuffer unused = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException lone) {
      return false;
    }
  }

  private static boolean isAllowed(String text) {
    int bytes = text.getBytes(UTF_8).length;
    return wellFormed(text) && text.indexOf('\0') < 0 && bytes >= 1 && bytes <= 512;
  }

  @Property
  void faults43_faults44_faults45_whatIsAccepted_comesBackAsItWas_underItsOwnKey(
      @ForAll @Size(max = 8) List<@From("anything") Sent> all) {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    Map<String, List<String>> handed = new LinkedHashMap<>();
    VirtualClock clock = VirtualClock.at(ChatFile.KILLED_AT);
    try (Fresh fresh = Fresh.folder();
        DebouncedBuffer<String> buffer =
            ChatFile.builder(SqliteBufferStore.open(fresh.file()), clock)
                .asyncHandler(
                    batch -> {
                      List<String> payloads = batch.payloads();
                      handed.computeIfAbsent(batch.key(), k -> new ArrayList<>()).addAll(payloads);
                      return CompletableFuture.completedFuture(null);
                    })
                .start()) {
      for (Sent sent : all) {
        submit(buffer, sent, expected);
      }
      clock.advance(Duration.ofMinutes(1));
      clock.runReady();
    }
    assertThat(handed).isEqualTo(expected);
  }

  private static void submit(
      DebouncedBuffer<String> buffer, Sent sent, Map<String, List<String>> expected) {
    boolean fine = isAllowed(sent.key()) && isAllowed(sent.id()) && wellFormed(sent.payload());
    boolean isNew;
    try {
      isNew = !buffer.submit(sent.key(), sent.id(), sent.payload()).isDuplicate();
      assertThat(fine).as("%s is accepted", sent).isTrue();
      accepted.incrementAndGet();
    } catch (IllegalArgumentException said) {
      assertThat(fine).as("%s is refused: %s", sent, said).isFalse();
      refused.incrementAndGet();
      return;
    }
    if (isNew) {
      expected.computeIfAbsent(sent.key(), k -> new ArrayList<>()).add(sent.payload());
    }
  }

  /** Writes any bytes, and reads them as the library's own codec does. */
  private static final Codec<String> BYTES_AS_TEXT =
      new Codec<>() {
        @Override
        public byte[] encode(String payload) {
          return payload.getBytes(ISO_8859_1);
        }

        @Override
        public String decode(byte[] bytes) throws Exception {
          return Codec.utf8().decode(bytes);
        }
      };

  @Property
  void faults28_faults58_anyBytes_areReadAsTheyWereWritten_orDeadLetteredRaw(
      @ForAll @Size(max = 6) List<byte[]> payloads) {
    List<byte[]> back = new ArrayList<>();
    VirtualClock clock = VirtualClock.at(ChatFile.KILLED_AT);
    try (Fresh fresh = Fresh.folder();
        DebouncedBuffer<String> buffer =
            builder(fresh, clock)
                .asyncHandler(
                    batch -> {
                      batch.payloads().forEach(text -> back.add(text.getBytes(UTF_8)));
                      return CompletableFuture.completedFuture(null);
                    })
                .start()) {
      payloads.forEach(bytes -> buffer.submit("wati:50370000001", new String(bytes, ISO_8859_1)));
      clock.advance(Duration.ofMinutes(1));
      for (DeadLetter letter : buffer.deadLetters(0, 100)) {
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.UNREADABLE);
        letter.messages().stream().map(Message::payload).forEach(back::add);
      }
    }
    assertThat(back).containsExactlyInAnyOrderElementsOf(payloads);
  }

  private static DebouncedBufferBuilder<String> builder(Fresh fresh, VirtualClock clock) {
    return ChatFile.builder(BYTES_AS_TEXT, SqliteBufferStore.open(fresh.file()), clock);
  }

  /** The one line that a scenario is, for whoever plays one from a shell. */
  @Property
  void aScenariosLine_isRead_orRefusedAsAnArgument(
      @ForAll("lines") List<String> words, @ForAll String end) {
    try {
      Scenario scenario = Scenario.parse(String.join(" ", words) + end);
      assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
    } catch (IllegalArgumentException said) {
      assertThat(said.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of(
            "fixed",
            "quiet",
            "35",
            "-1",
            "100",
            "FROM_ARRIVAL",
            "SUCCEED",
            ":",
            "submit",
            ",",
            "advance",
            "99999999999",
            "fixed 35 35 100 FROM_ARRIVAL 3 2 2 600 0 SUCCEED : ",
            "0")
        .list()
        .ofMaxSize(14);
  }

  @AfterContainer
  static void writeCounts() {
    Proof.write(
        "72-fuzz-texts", "fuzzing: %,d texts accepted, %,d refused", accepted.get(), refused.get());
    assertThat(accepted.get()).isPositive();
    assertThat(refused.get()).isPositive();
  }
}
