// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** SQLite reads back what was written. */
class JsonArrayTest extends StoreTest {

  @Test
  void everyCharacterThatAKeyMayHave_comesBack() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int c = 1; c <= Character.MAX_VALUE; c++) {
      if (!Character.isSurrogate((char) c)) {
        all.append((char) c);
      }
    }
    List<String> texts = List.of(all.toString(), "\uD83D\uDE00", "\"],[\"", "\\", "\\u0041", "'");
    try (var connection = Raw.connect(file);
        var query = connection.prepareStatement("SELECT value FROM json_each(?)")) {
      query.setString(1, JsonArray.of(texts));
      try (var result = query.executeQuery()) {
        for (String text : texts) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1)).isEqualTo(text);
        }
        assertThat(result.next()).isFalse();
      }
    }
  }
}
