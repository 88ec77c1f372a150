// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LangChain4jReadmeTest {

  private static final String HANDLER =
      "src/main/java/io/github/debouncedbuffer/examples/langchain4j/ChatBot.java";

  @Test
  void readme_hasTheHandlerAsItIs() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String code = readme.split("```java\n")[1].split("```")[0];
    assertThat(Files.readString(Path.of(HANDLER))).contains(code.indent(2));
  }

  @Test
  void readme_hasTheCorruptedMemory() throws Exception {
    Memory without =
        WithoutBuffer.play(new FakeModel(), LangChain4jBot.CUSTOMER, LangChain4jBot.SENT);
    String printed = String.join("\n", without.lines()).indent(2);
    assertThat(Files.readString(Path.of("README.md"))).contains(":\n" + printed + "\nWith ");
  }
}
