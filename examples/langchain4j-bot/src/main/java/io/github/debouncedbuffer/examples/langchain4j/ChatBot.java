// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.debouncedbuffer.Batch;
import java.util.function.BiConsumer;

/** The handler: one batch becomes one turn of the customer's memory, or leaves it as it was. */
final class ChatBot {

  private final ChatMemoryStore memories;
  private final Assistant assistant;
  private final BiConsumer<String, String> send;

  /**
   * A bot.
   *
   * @param model who answers
   * @param memories where the chat memories are, by customer
   * @param send gets the customer and the answer
   */
  ChatBot(ChatModel model, ChatMemoryStore memories, BiConsumer<String, String> send) {
    this.memories = memories;
    this.assistant = assistant(model, memories);
    this.send = send;
  }

  static Assistant assistant(ChatModel model, ChatMemoryStore memories) {
    return AiServices.builder(Assistant.class)
        .chatModel(model)
        .chatMemoryProvider(
            customer ->
                MessageWindowChatMemory.builder()
                    .id(customer)
                    .maxMessages(100)
                    .chatMemoryStore(memories)
                    .build())
        .build();
  }

  /** The AI service adds the question before it calls the model, and leaves it if that throws. */
  void answer(Batch<String> batch) {
    Memory before = Memory.of(memories, batch.key()).answered();
    try {
      before.restore(memories, batch.key()); // a process that was killed restored nothing
      String answer = assistant.chat(batch.key(), String.join("\n", batch.payloads()));
      batch.ensureCurrent();
      send.accept(batch.key(), answer);
    } catch (RuntimeException | Error e) {
      before.restore(memories, batch.key()); // the retry asks again
      throw e;
    }
  }
}
