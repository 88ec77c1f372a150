// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppParserTest {

  private static final String FIRST = Posts.message("50370000001", "wamid.1", "Hello");

  private static List<Inbound> parsed(String body) {
    return Posts.parsed(new WhatsAppParser(), body);
  }

  private static Inbound message(String from, String id, String text) {
    return new Inbound("whatsapp", from, id, text);
  }

  @Test
  void allMessages_ofAllEntries_areTakenInOrder() {
    String body =
        Posts.whatsApp(
            Posts.messages(FIRST, Posts.message("50370000002", "wamid.2", "Good day")),
            Posts.messages(Posts.message("50370000001", "wamid.3", "Anybody?")));
    assertThat(parsed(body))
        .containsExactly(
            message("50370000001", "wamid.1", "Hello"),
            message("50370000002", "wamid.2", "Good day"),
            message("50370000001", "wamid.3", "Anybody?"));
  }

  @Test
  void statuses_echoes_andOtherTypes_areNothingToAnswer() {
    String image = FIRST.replace(":\"text\",\"text\":{\"body\":\"Hello\"}", ":\"image\"");
    assertThat(image).contains("\"type\":\"image\"");
    assertThat(parsed(Posts.whatsApp(Posts.change("statuses", Posts.status("wamid.1"))))).isEmpty();
    assertThat(parsed(Posts.whatsApp(Posts.change("message_echoes", FIRST)))).isEmpty();
    assertThat(parsed(Posts.whatsApp(Posts.messages(image, FIRST)))).hasSize(1);
    assertThat(parsed(Posts.whatsApp())).isEmpty();
  }

  @Test
  void theTimestamp_mayBeMissing_andTheIdToo() {
    String bare = "{\"from\":\"50370000001\",\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}";
    assertThat(parsed(Posts.whatsApp(Posts.messages(bare))))
        .containsExactly(new Inbound("whatsapp", "50370000001", null, "Hello"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"entry\":{}}",
        "{\"entry\":[1]}",
        "{\"entry\":[{\"changes\":null}]}",
        "{\"entry\":[{\"changes\":[{}]}]}",
        "{\"entry\":[{\"changes\":[{\"value\":[]}]}]}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":{}}}]}]}",
        "{\"entry\":[{\"changes\":[{\"value\":{\"messages\":[1]}}]}]}"
      })
  void aWrongShape_isRefused(String body) {
    assertThatThrownBy(() -> parsed(body)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"from\":\"50370000001\"", "\"type\":\"text\"", "{\"body\":\"Hello\"}"})
  void oneWrongMessage_refusesThePost(String part) {
    String wrong = FIRST.replace(part, part.startsWith("{") ? "\"Hello\"" : "\"x\":0");
    assertThatThrownBy(() -> parsed(Posts.whatsApp(Posts.messages(FIRST, wrong))))
        .isInstanceOf(RefusedException.class);
  }
}
