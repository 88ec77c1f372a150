// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import java.util.ArrayList;
import java.util.List;

/** Calls the AI service for each message when it comes in, as a bot without a buffer does. */
final class WithoutBuffer {

  /** One message's call of the model: a gate at its beginning and one at its end. */
  private record Call(Gate asked, Gate mayAnswer) {}

  private WithoutBuffer() {}

  /**
   * Each message comes in while the model is at work on those before, which it answers in turn.
   *
   * @param texts no two the same
   */
  static Memory play(ChatModel model, String customer, List<String> texts)
      throws InterruptedException {
    List<Call> calls = texts.stream().map(text -> new Call(new Gate(), new Gate())).toList();
    ChatModel held =
        new HeldModel(
            model,
            question -> {
              Call call = calls.get(texts.indexOf(question));
              call.asked().open();
              call.mayAnswer().pass();
            });
    ChatMemoryStore memories = new InMemoryChatMemoryStore();
    Assistant assistant = ChatBot.assistant(held, memories);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      Thread thread = new Thread(() -> assistant.chat(customer, text), "message-" + (i + 1));
      thread.start();
      threads.add(thread);
      calls.get(i).asked().pass(); // its question is in the memory now
    }
    for (int i = 0; i < texts.size(); i++) {
      calls.get(i).mayAnswer().open();
      threads.get(i).join();
    }
    return Memory.of(memories, customer);
  }
}
