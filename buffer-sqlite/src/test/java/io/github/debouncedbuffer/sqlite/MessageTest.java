// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.T0;
import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.read;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** S5 to S8, S11 and forgetting. If one fails, look at {@link MessageTable}. */
class MessageTest extends StoreTest {

  @Test
  void S6_S7_messages_readBackInOrder_withEveryField() {
    byte[] payload = new byte[10_000];
    new Random(1).nextBytes(payload);
    store.transact(
        t ->
            t.append(
                List.of(
                    new NewMessage("k", "id\u0000\u00e9", T0, payload),
                    new NewMessage("other", null, t(1), new byte[] {1}),
                    new NewMessage("k", null, t(2), new byte[0]))));
    List<StoredMessage> messages = read(store, MessageRange.after("k", 0));
    assertThat(messages).extracting(StoredMessage::sequence).containsExactly(1L, 3L);
    assertThat(messages)
        .extracting(StoredMessage::messageId)
        .containsExactly("id\u0000\u00e9", null);
    assertThat(messages).extracting(StoredMessage::arrivedAt).containsExactly(T0, t(2));
    assertThat(messages.get(0).payload()).isEqualTo(payload);
    assertThat(messages.get(1).payload()).isEmpty();
    assertThat(messages).allMatch(StoredMessage::intact);
  }

  @Test
  void S6_sequences_areConsecutive_andNeverUsedAgain() {
    long first =
        store.transact(t -> t.append(List.of(message("a", null, "1"), message("b", null, "2"))));
    assertThat(first).isEqualTo(1);
    change(store, t -> t.delete(List.of(MessageRange.after("a", 0)), t(1)));
    change(store, t -> t.delete(List.of(MessageRange.after("b", 0)), t(1)));
    reopen();
    assertThat(append(store, "a", null, "3")).isEqualTo(3);
  }

  @Test
  void S7_ranges_boundsAndLimits() {
    for (int i = 1; i <= 5; i++) {
      append(store, "k", null, "" + i);
    }
    assertThat(sequences(MessageRange.through("k", 3))).containsExactly(1L, 2L, 3L);
    assertThat(sequences(MessageRange.after("k", 3))).containsExactly(4L, 5L);
    assertThat(sequences(MessageRange.one("k", 2))).containsExactly(2L);
    assertThat(sequences(MessageRange.after("k", 1).limited(2))).containsExactly(2L, 3L);
    assertThat(sequences(MessageRange.after("absent", 0))).isEmpty();
  }

  @Test
  void S7_severalRanges_areReadAtOnce_eachByItsKey() {
    append(store, "a", null, "1");
    append(store, "b", null, "2");
    Map<String, List<StoredMessage>> read =
        store.transact(
            t -> t.read(List.of(MessageRange.after("a", 0), MessageRange.through("b", 9))));
    assertThat(read.get("a")).extracting(StoredMessage::sequence).containsExactly(1L);
    assertThat(read.get("b")).extracting(StoredMessage::sequence).containsExactly(2L);
  }

  @Test
  void S8_delete_removesExactlyTheRange_whateverItsLimit() {
    for (int i = 1; i <= 4; i++) {
      append(store, "k", null, "" + i);
    }
    append(store, "other", null, "kept");
    change(store, t -> t.delete(List.of(MessageRange.through("k", 3).limited(1)), t(1)));
    assertThat(texts(store, "k")).containsExactly("4");
    assertThat(texts(store, "other")).containsExactly("kept");
    assertThat(pending()).isEqualTo(2);
  }

  @Test
  void S8_deletingWhatIsGone_changesNothing() {
    append(store, "k", null, "1");
    change(store, t -> t.delete(List.of(MessageRange.through("k", 1)), t(1)));
    change(store, t -> t.delete(List.of(MessageRange.through("k", 1)), t(1)));
    assertThat(pending()).isZero();
  }

  @Test
  void S5_G13_ids_areKnownWhileStored_afterDeletion_andAfterReopening() {
    append(store, "k", "a", "1");
    append(store, "k", null, "2");
    assertThat(known("k", "a")).isEqualTo(1L);
    assertThat(known("other", "a")).isNull();
    assertThat(known("k", "A")).isNull();
    change(store, t -> t.delete(List.of(MessageRange.after("k", 0)), t(100)));
    reopen();
    assertThat(known("k", "a")).isEqualTo(1L);
  }

  @Test
  void forgetIds_endsRetentionsThatAreOver_aFewAtATime() {
    for (int i = 0; i < 5; i++) {
      append(store, "k" + i, "id", "1");
      long endsAt = 100 + i;
      String key = "k" + i;
      change(store, t -> t.delete(List.of(MessageRange.after(key, 0)), t(endsAt)));
    }
    append(store, "stored", "id", "still there");
    assertThat(forget(99)).isZero();
    assertThat(forget(102, 2)).isEqualTo(2);
    assertThat(forget(102, 2)).isEqualTo(1);
    assertThat(known("k2", "id")).isNull();
    assertThat(known("k3", "id")).isNotNull();
    assertThat(forget(1_000_000)).isEqualTo(2);
    assertThat(known("stored", "id")).isNotNull();
  }

  @Test
  void S6_idAppendedAnew_belongsToTheNewMessage() {
    append(store, "k", "id", "old");
    append(store, "k", "id", "new");
    assertThat(known("k", "id")).isEqualTo(2L);
    change(store, t -> t.delete(List.of(MessageRange.one("k", 1)), t(100)));
    assertThat(forget(1_000)).isZero();
    assertThat(known("k", "id")).isEqualTo(2L);
  }

  @Test
  void S6_idAppendedAnewAfterItsMessageEnded_isNotForgottenEarly() {
    append(store, "k", "id", "old");
    change(store, t -> t.delete(List.of(MessageRange.one("k", 1)), t(100)));
    append(store, "k", "id", "new");
    assertThat(forget(1_000)).isZero();
    change(store, t -> t.delete(List.of(MessageRange.one("k", 2)), t(2_000)));
    assertThat(forget(1_999)).isZero();
    assertThat(forget(2_000)).isEqualTo(1);
  }

  @Test
  void S11_tokens_areConsecutive_andNeverGivenTwice() {
    assertThat(store.<Long>transact(t -> t.nextTokens(3))).isEqualTo(1);
    assertThat(store.<Long>transact(t -> t.nextTokens(1))).isEqualTo(4);
    reopen();
    assertThat(store.<Long>transact(t -> t.nextTokens(1))).isEqualTo(5);
  }

  @Test
  void S11_noTokens_isRefused() {
    assertThatThrownBy(() -> store.<Long>transact(t -> t.nextTokens(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void faults28_changedPayload_isNotIntact() throws Exception {
    append(store, "k", "id", "pay 100");
    append(store, "k", "id2", "pay 200");
    tamper("UPDATE messages SET payload = CAST('pay 900' AS BLOB) WHERE sequence = 1");
    assertThat(read(store, MessageRange.after("k", 0)))
        .extracting(StoredMessage::intact)
        .containsExactly(false, true);
  }

  @Test
  void faults28_messageMovedToAnotherKeyOrPlace_isNotIntact() throws Exception {
    append(store, "k", null, "1");
    append(store, "k", null, "2");
    tamper("UPDATE messages SET sequence = 7 WHERE sequence = 1");
    tamper("UPDATE messages SET key = 'stranger' WHERE sequence = 2");
    assertThat(read(store, MessageRange.one("k", 7)).get(0).intact()).isFalse();
    assertThat(read(store, MessageRange.one("stranger", 2)).get(0).intact()).isFalse();
  }

  private void tamper(String sql) throws Exception {
    store.close();
    Raw.execute(file, sql);
    openStore();
  }

  private Long known(String key, String id) {
    MessageId wanted = new MessageId(key, id);
    return known(wanted).get(wanted);
  }

  private int forget(long second, int limit) {
    return store.transact(t -> t.forgetIds(t(second), limit));
  }

  private List<Long> sequences(MessageRange range) {
    return read(store, range).stream().map(StoredMessage::sequence).toList();
  }
}
