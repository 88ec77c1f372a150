// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The whole demo: supervisor, server, webhooks, buffer and file, seen in a browser. */
@Timeout(120)
class ChatPageTest {

  @TempDir static Path directory;

  private static ChromeDriver driver;
  private static ChatDemo demo;
  private static Thread supervisor;

  @BeforeAll
  static void start() throws IOException {
    if (!Browser.isThere()) {
      return; // Each test says so.
    }
    driver = Browser.open();
    List<String> quick =
        List.of(
            "--quiet", "0.8s", "--max-wait", "4s", "--ai-shortest", "1.5s", "--ai-longest", "1.5s");
    ChatOptions options = ChatOptions.parse(quick);
    demo = ChatDemo.start(options.in(directory, 0), System.out::println);
    supervisor = new SupervisorThread(demo);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (driver != null) {
      driver.quit();
    }
    if (demo != null) {
      demo.close();
      supervisor.join();
    }
  }

  @BeforeEach
  void browser() {
    Browser.assumeThere();
  }

  private static ChatPage page(Phone phone) {
    Browser.resize(driver, 1400, 1000);
    return new ChatPage(driver, phone).open(demo.address());
  }

  @Test
  void burstOfThree_getsOneAnswer() {
    ChatPage page = page(Phone.FACEBOOK);
    page.say("burst one").say("burst two").say("burst three");
    page.awaitAnswer("burst three");
    assertThat(page.answers("burst"))
        .containsExactly("This answers [burst one, burst two, burst three]");
  }

  @Test
  void messageDuringTheAnswer_isLate_andAnswered() {
    ChatPage page = page(Phone.INSTAGRAM);
    page.say("question before");
    page.awaitCard("badge", "running");
    page.say("question during");
    page.awaitCard("late", "1");
    page.awaitAnswer("question during");
    assertThat(page.answers("question"))
        .containsExactly("This answers [question before]", "This answers [question during]");
  }

  @Test
  void theSameMessageAgain_getsNoSecondAnswer() {
    ChatPage page = page(Phone.WATI);
    int before = Integer.parseInt(page.card("redelivered"));
    page.say("only once");
    page.awaitStored("only once");
    page.pressAgain();
    page.awaitCard("redelivered", Integer.toString(before + 1));
    page.awaitAnswer("only once");
    page.pressAgain(); // Answered or not.
    page.awaitCard("redelivered", Integer.toString(before + 2));
    page.awaitCard("state", "Nothing is stored.");
    assertThat(page.answers("only once")).containsExactly("This answers [only once]");
    assertThat(page.said()).containsOnlyOnce("only once");
  }

  @Test
  void killAndRestart_loseNothing() {
    ChatPage page = page(Phone.WATI);
    String killed = page.connectedTo();
    page.say("before the kill");
    page.awaitStored("before the kill");
    assertThat(page.answers("before the kill")).isEmpty();
    page.press("#kill");
    page.await(
        "another process", () -> page.connectedTo() != null && !killed.equals(page.connectedTo()));
    page.awaitAnswer("before the kill");
    page.open(demo.address());
    assertThat(page.said()).contains("before the kill");
    assertThat(page.answers("before the kill")).hasSize(1);
  }

  @Test
  void aiThatFails_isAskedAgain() {
    ChatPage page = page(Phone.FACEBOOK);
    page.press("#fail");
    page.say("fails once");
    page.awaitCard("attempt", "2");
    page.awaitAnswer("fails once");
    assertThat(page.answers("fails once")).hasSize(1);
  }

  @Test
  void markup_isText() {
    String markup = "<b>bold</b> & <img src=x onerror=document.title='pwned'>";
    ChatPage page = page(Phone.INSTAGRAM);
    page.say(markup);
    page.awaitAnswer(markup);
    assertThat(page.said()).contains(markup);
    assertThat(driver.getTitle()).doesNotContain("pwned");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 1400})
  void nothingOverflows(int width) {
    ChatPage page = page(Phone.WATI);
    page.say("A word without any place to break it: " + "x".repeat(200));
    Browser.resize(driver, width, 900);
    assertThat(driver.executeScript("return window.innerWidth")).isEqualTo((long) width);
    assertThat((Long) driver.executeScript("return document.scrollingElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }
}
