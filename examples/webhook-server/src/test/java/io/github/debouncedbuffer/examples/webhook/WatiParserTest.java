// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatiParserTest {

  private static final String POST = Posts.wati("50370000001", "m1", "Hello");

  private static List<Inbound> parsed(String body) {
    return Posts.parsed(new WatiParser(), body);
  }

  @Test
  void aCustomersText_isAMessage() {
    Inbound message = new Inbound("wati", "50370000001", "m1", "Hello");
    assertThat(parsed(POST)).containsExactly(message);
    assertThat(message.key()).isEqualTo("wati:50370000001");
  }

  @Test
  void aMissingOrEmptyId_isNone() {
    Inbound message = new Inbound("wati", "50370000001", null, "Hello");
    assertThat(parsed(POST.replace("\"id\":\"m1\",", ""))).containsExactly(message);
    assertThat(parsed(POST.replace("\"id\":\"m1\"", "\"id\":null"))).containsExactly(message);
    assertThat(parsed(POST.replace("\"id\":\"m1\"", "\"id\":\"\""))).containsExactly(message);
  }

  @Test
  void ownMessages_otherEvents_andOtherTypes_areNothingToAnswer() {
    assertThat(parsed(POST.replace("\"owner\":false", "\"owner\":true"))).isEmpty();
    assertThat(parsed(POST.replace(":\"message\"", ":\"sentMessageDELIVERED\""))).isEmpty();
    assertThat(parsed("{\"eventType\":\"sentMessageREAD\",\"waId\":\"50370000001\"}")).isEmpty();
    assertThat(parsed(POST.replace(":\"text\"", ":\"image\"").replace("\"Hello\"", "null")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"eventType\":\"message\"",
        "\"waId\":\"50370000001\"",
        "\"text\":\"Hello\"",
        "\"type\":\"text\""
      })
  void whatAMessageMustHave_isMissing_null_orOfAWrongType(String field) {
    String name = field.substring(0, field.indexOf(':'));
    for (String wrong : List.of("\"x\":0", name + ":null", name + ":{}", name + ":true")) {
      assertThatThrownBy(() -> parsed(POST.replace(field, wrong)))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(name.replace("\"", ""));
    }
  }
}
