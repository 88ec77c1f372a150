// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.ArrayList;
import java.util.List;

/** One customer's chat memory at one moment. */
record Memory(List<ChatMessage> messages) {

  Memory {
    messages = List.copyOf(messages);
  }

  static Memory of(ChatMemoryStore memories, String customer) {
    return new Memory(memories.getMessages(customer));
  }

  /** Without what stands behind the last answer: what an attempt left that did not end. */
  Memory answered() {
    int end = messages.size();
    while (end > 0 && !isBetweenTurns(messages.get(end - 1))) {
      end--;
    }
    return new Memory(messages.subList(0, end));
  }

  private static boolean isBetweenTurns(ChatMessage last) {
    return last instanceof SystemMessage
        || (last instanceof AiMessage answer && !answer.hasToolExecutionRequests());
  }

  void restore(ChatMemoryStore memories, String customer) {
    memories.updateMessages(customer, messages);
  }

  /** Question, answer, question, answer; and the questions are what was sent, each text once. */
  boolean isIntact(List<String> sent) {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (i % 2 == 0 && messages.get(i) instanceof UserMessage question) {
        questions.add(question.singleText());
      } else if (i % 2 == 0 || !(messages.get(i) instanceof AiMessage)) {
        return false;
      }
    }
    return messages.size() % 2 == 0 && String.join("\n", questions).equals(String.join("\n", sent));
  }

  /** A line for each message. */
  List<String> lines() {
    return messages.stream().map(Memory::line).toList();
  }

  private static String line(ChatMessage message) {
    String text =
        message instanceof UserMessage question
            ? "user: " + question.singleText()
            : message instanceof AiMessage answer ? "ai:   " + answer.text() : message.toString();
    return text.replace("\n", " / ");
  }
}
