// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite itself reads what is written. */
class JsonArrayTest {

  @TempDir Path directory;

  @Test
  void everyNumber_comesOutAsItWentIn() throws Exception {
    long[] numbers = {1, 0, -1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE};
    assertThat(read(JsonArray.of(numbers))).isEqualTo(LongStream.of(numbers).boxed().toList());
    assertThat(read(JsonArray.of(new long[0]))).isEmpty();
  }

  private List<Long> read(String array) throws Exception {
    List<Long> read = new ArrayList<>();
    try (var connection = Raw.connect(directory.resolve("any.db"));
        var query = connection.prepareStatement("SELECT value FROM json_each(?)")) {
      query.setString(1, array);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          read.add(result.getLong(1));
        }
      }
    }
    return read;
  }
}
