// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model without a network.
 *
 * @param thinking called with the question before it is answered; may take its time, or throw
 */
record FakeModel(Consumer<String> thinking) implements ChatModel {

  @Override
  public ChatResponse doChat(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    String question = ((UserMessage) messages.get(messages.size() - 1)).singleText();
    thinking.accept(question);
    return ChatResponse.builder().aiMessage(AiMessage.from("This answers: " + question)).build();
  }
}
