// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import java.time.Duration;
import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page as somebody sees it who chats on one of its phones. */
final class ChatPage {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final ChromeDriver driver;
  private final Phone phone;

  ChatPage(ChromeDriver driver, Phone phone) {
    this.driver = driver;
    this.phone = phone;
  }

  /** Opens it, and waits until the phone's key is idle. */
  ChatPage open(String address) {
    driver.get(address);
    await("it is connected", () -> connectedTo() != null);
    awaitCard("state", "Nothing is stored.");
    return this;
  }

  void await(String what, java.util.function.BooleanSupplier holds) {
    new WebDriverWait(driver, PATIENCE)
        .pollingEvery(LOOK_AGAIN)
        .withMessage(
            () -> what + "; the page says:\n" + driver.findElement(By.tagName("body")).getText())
        .until(ignored -> holds.getAsBoolean());
  }

  /** By the keyboard alone: Enter sends. */
  ChatPage say(String text) {
    find(".phone", "input").sendKeys(text, Keys.ENTER);
    return this;
  }

  void awaitStored(String text) {
    await(text + " is stored", () -> texts(".bubble.customer:not(.sending)").contains(text));
  }

  void press(String css) {
    driver.findElement(By.cssSelector(css)).click();
  }

  void pressAgain() {
    find(".phone", ".again").click();
  }

  String card(String part) {
    return find(".card", "." + part).getText();
  }

  void awaitCard(String part, String text) {
    await(part + " is " + text, () -> card(part).equals(text));
  }

  /** Waits for an answer to a message, and then until all is done. */
  void awaitAnswer(String text) {
    await(text + " is answered", () -> !answers(text).isEmpty());
    awaitCard("state", "Nothing is stored.");
  }

  /** The bot's replies that quote a message. */
  List<String> answers(String text) {
    return texts(".bubble.bot").stream().filter(reply -> reply.contains(text)).toList();
  }

  List<String> said() {
    return texts(".bubble.customer");
  }

  private List<String> texts(String bubbles) {
    return driver.findElements(By.cssSelector(within(".phone", bubbles + " .text"))).stream()
        .map(WebElement::getText)
        .toList();
  }

  String connectedTo() {
    WebElement body = driver.findElement(By.tagName("body"));
    return "yes".equals(body.getDomAttribute("data-connected"))
        ? body.getDomAttribute("data-life")
        : null;
  }

  private WebElement find(String part, String css) {
    return driver.findElement(By.cssSelector(within(part, css)));
  }

  private String within(String part, String css) {
    return part + "[data-phone=" + phone + "] " + css;
  }
}
