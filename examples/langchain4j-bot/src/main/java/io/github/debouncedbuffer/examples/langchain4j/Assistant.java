// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;

/** The AI service, which LangChain4j implements. Not to be called twice at once for a customer. */
interface Assistant {

  // The text is a variable, not the template: a customer may write {{anything}}.
  @UserMessage("{{text}}")
  String chat(@MemoryId String customer, @V("text") String text);
}
