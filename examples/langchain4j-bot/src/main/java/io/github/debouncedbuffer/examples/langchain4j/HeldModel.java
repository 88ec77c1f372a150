// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.function.Consumer;

/**
 * Holds each call of a model, so that something can happen meanwhile.
 *
 * @param model who answers then
 * @param meanwhile gets the question; may take its time, or throw
 */
record HeldModel(ChatModel model, Consumer<String> meanwhile) implements ChatModel {

  @Override
  public ChatResponse doChat(ChatRequest request) {
    meanwhile.accept(question(request));
    return model.chat(request);
  }

  static String question(ChatRequest request) {
    List<ChatMessage> messages = request.messages();
    return ((UserMessage) messages.get(messages.size() - 1)).singleText();
  }
}
