// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.List;

/** Submits each message to a buffer whose handler calls the AI service. */
final class WithBuffer {

  private final Gate asked = new Gate();
  private final Gate lateSubmitted = new Gate();
  private final Gate lateAnswered = new Gate();
  private final ChatMemoryStore memories = new InMemoryChatMemoryStore();
  private final ChatBot bot;
  private final String late;

  private WithBuffer(ChatModel model, String late) {
    this.late = late;
    this.bot = new ChatBot(new HeldModel(model, this::letTheLateOneIn), memories, (to, text) -> {});
  }

  /**
   * The last message comes in while the model is at work on the first call.
   *
   * @param texts at least two, no two the same
   */
  static Memory play(ChatModel model, String customer, List<String> texts) {
    return new WithBuffer(model, texts.get(texts.size() - 1)).play(customer, texts);
  }

  private Memory play(String customer, List<String> texts) {
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore()) // in production SqliteBufferStore.open(file)
            .window(WindowPolicy.fixed(Duration.ofMillis(300)))
            .handler(this::handle)
            .start()) {
      for (String text : texts) {
        if (text.equals(late)) {
          asked.pass();
        }
        buffer.submit(customer, "wamid." + texts.indexOf(text), text);
      }
      lateSubmitted.open();
      lateAnswered.pass();
    }
    return Memory.of(memories, customer);
  }

  private void letTheLateOneIn(String question) {
    asked.open();
    lateSubmitted.pass();
  }

  private void handle(Batch<String> batch) {
    bot.answer(batch);
    if (batch.payloads().contains(late)) {
      lateAnswered.open();
    }
  }
}
