// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/** Answers without a network. */
record FakeModel() implements ChatModel {

  @Override
  public ChatResponse doChat(ChatRequest request) {
    AiMessage answer = AiMessage.from("This answers: " + HeldModel.question(request));
    return ChatResponse.builder().aiMessage(answer).build();
  }
}
