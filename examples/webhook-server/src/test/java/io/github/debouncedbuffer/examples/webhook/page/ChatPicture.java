// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Photographs the page while one customer waits, one is answered with a message late, and one's
 * answer is tried again. No test, so it runs only when it is called by name: see PAGE.md.
 */
class ChatPicture {

  private static final List<String> PACE =
      List.of("--quiet", "3s", "--max-wait", "9s", "--ai-shortest", "4s", "--ai-longest", "4s");

  @TempDir Path directory;

  @Test
  void photograph() throws Exception {
    ChromeDriver driver = Browser.open();
    try (ChatDemo demo =
        ChatDemo.start(ChatOptions.parse(PACE).in(directory, 0), System.out::println)) {
      Browser.resize(driver, 1400, 1000);
      ChatPage facebook = new ChatPage(driver, Phone.FACEBOOK).open(demo.address());
      play(new ChatPage(driver, Phone.WATI), facebook, new ChatPage(driver, Phone.INSTAGRAM));
      driver.navigate().refresh();
      facebook.await("the picture", () -> isDrawn(driver));
      for (String scheme : List.of("light", "dark")) {
        for (int width : List.of(1400, 400)) {
          photograph(driver, scheme, width);
        }
      }
    } finally {
      driver.quit();
    }
  }

  private static void play(ChatPage wati, ChatPage facebook, ChatPage instagram) {
    facebook.say("Are you open today?").say("And on Sunday?");
    wati.say("Hello!");
    facebook.awaitAnswer("Sunday");
    wati.awaitAnswer("Hello");
    instagram.press("#fail");
    instagram.say("Is the red one still there?").say("In size M?");
    instagram.awaitCard("badge", "running");
    wati.say("Do you have a room for Saturday?").say("For two persons.");
    wati.awaitCard("badge", "running");
    wati.say("With breakfast, please.");
    instagram.awaitCard("attempt", "2");
    wati.awaitCard("late", "1");
    facebook.say("Thank you!");
    facebook.awaitCard("badge", "waiting");
  }

  private static boolean isDrawn(ChromeDriver driver) {
    return Boolean.TRUE.equals(
        driver.executeScript(
            "const i = document.getElementById('timeline'); return i.complete && i.naturalWidth > 0"));
  }

  private static void photograph(ChromeDriver driver, String scheme, int width) throws Exception {
    Browser.resize(driver, width, 1000);
    Browser.scheme(driver, scheme);
    long height = (Long) driver.executeScript("return document.scrollingElement.scrollHeight");
    Browser.resize(driver, width, (int) height);
    Path file = Path.of("target", "chat", width + "-" + scheme + ".png");
    Files.createDirectories(file.getParent());
    write(ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES))), file);
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** As small as it gets: the browser does not take the time. */
  private static void write(BufferedImage shot, Path file) throws IOException {
    BufferedImage opaque =
        new BufferedImage(shot.getWidth(), shot.getHeight(), BufferedImage.TYPE_INT_RGB);
    opaque.createGraphics().drawImage(shot, 0, 0, null);
    ImageWriter png = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = png.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      png.setOutput(out);
      png.write(null, new IIOImage(opaque, null, null), smallest);
    }
  }
}
