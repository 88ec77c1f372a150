// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The system's own Chromium, without a window. */
final class Browser {

  private static final String MISSING =
      "CHAT PAGE NOT TESTED: chromium (or chromium-browser, google-chrome) and chromedriver are not"
          + " on the PATH";

  private Browser() {}

  private static Optional<File> chrome() {
    return onPath("chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<File> driver() {
    return onPath("chromedriver");
  }

  static boolean isThere() {
    return chrome().isPresent() && driver().isPresent();
  }

  /** Where there is none the test is skipped, loudly. */
  static void assumeThere() {
    if (!isThere()) {
      System.err.println(MISSING);
    }
    assumeTrue(isThere(), MISSING);
  }

  static ChromeDriver open() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chrome().orElseThrow());
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(driver().orElseThrow()).build(),
        options);
  }

  private static Optional<File> onPath(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(p -> Path.of(p, name)))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /** Whatever the window, the page is so wide. */
  static void resize(ChromeDriver driver, int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** As if the system were set to light or dark. */
  static void scheme(ChromeDriver driver, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }
}
