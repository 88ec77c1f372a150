// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import java.io.PrintStream;
import java.util.List;

/**
 * LangChain4j's AI services are not to be called concurrently for one memory id. Shows what becomes
 * of the chat memory if they are, and that a buffer in front of them keeps it intact. Ends with 1
 * if one of the two is otherwise.
 *
 * <pre>{@code
 * java -jar examples/langchain4j-bot/target/langchain4j-bot.jar
 * }</pre>
 */
public final class LangChain4jBot {

  static final String CUSTOMER = "wati:50370000001";
  static final List<String> SENT =
      List.of(
          "Do you have a room for Saturday?",
          "For two persons.",
          "And a parking space.",
          "With breakfast, please.");

  private LangChain4jBot() {}

  /**
   * Runs it.
   *
   * @param args none
   * @throws InterruptedException never, unless somebody interrupts the main thread
   */
  public static void main(String[] args) throws InterruptedException {
    // Here goes a real model: OpenAiChatModel.builder().apiKey(key).modelName(name).build(), say.
    ChatModel model = new FakeModel();
    System.exit(run(model, System.out));
  }

  static int run(ChatModel model, PrintStream out) throws InterruptedException {
    Memory without = WithoutBuffer.play(model, CUSTOMER, SENT);
    Memory with = WithBuffer.play(model, CUSTOMER, SENT);
    return verdict(without, with, out);
  }

  /** Says whether both memories are as expected: 0, or else 1. */
  static int verdict(Memory without, Memory with, PrintStream out) {
    boolean corruptedWithout = !print("Without the buffer", without, out);
    boolean intactWith = print("With the buffer", with, out);
    return corruptedWithout && intactWith ? 0 : 1;
  }

  private static boolean print(String title, Memory memory, PrintStream out) {
    boolean intact = memory.isIntact(SENT);
    out.println(title + ", the chat memory is " + (intact ? "intact:" : "corrupted:"));
    memory.lines().forEach(line -> out.println("  " + line));
    out.println();
    return intact;
  }
}
