// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.List;

/** Submits the same messages to a buffer whose handler calls the AI service. */
final class WithBuffer {

  private WithBuffer() {}

  /** The last message comes in while the model is at work on the others. */
  static Memory play(String customer, List<String> texts) {
    Gate asked = new Gate();
    Gate lateSubmitted = new Gate();
    Gate lastAnswered = new Gate();
    String last = texts.get(texts.size() - 1);

    // Here goes a real model: OpenAiChatModel.builder().apiKey(key).modelName(name).build(), say.
    ChatModel model =
        new FakeModel(
            question -> {
              asked.open();
              lateSubmitted.pass();
            });
    ChatMemoryStore memories = new InMemoryChatMemoryStore();
    ChatBot bot =
        new ChatBot(
            model,
            memories,
            (to, answer) -> {
              if (answer.endsWith(last)) {
                lastAnswered.open();
              }
            });
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore()) // in production SqliteBufferStore.open(file)
            .window(WindowPolicy.fixed(Duration.ofMillis(300)))
            .handler(bot::answer)
            .start()) {
      for (int i = 0; i < texts.size(); i++) {
        if (texts.get(i).equals(last)) {
          asked.pass();
        }
        buffer.submit(customer, "wamid." + (i + 1), texts.get(i));
      }
      lateSubmitted.open();
      lastAnswered.pass();
    }
    return Memory.of(memories, customer);
  }
}
