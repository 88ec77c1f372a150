// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/metrics.md has every meter, with its type, unit and tags, and no other. */
class MetricsPageTest {

  /** The first four columns of a line about a meter. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| `(debounced\\.[a-z.]+)` \\| (\\w+) \\|( \\w+)? \\| ?(.*?) ?\\| ");

  private static final Pattern SERIES = Pattern.compile("debounced_buffer_\\w+");

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "metrics.md"));
  }

  @Test
  void thePage_hasEveryMeter_andEveryMeterIsOnThePage() throws IOException {
    List<String> onThePage =
        LINE.matcher(page())
            .results()
            .map(
                m ->
                    String.join(
                        " | ",
                        m.group(1),
                        m.group(2),
                        Objects.requireNonNullElse(m.group(3), "").strip(),
                        m.group(4)))
            .toList();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (Chat chat = new Chat(registry)) {
      chat.submit("1").advance(100);
      assertThat(onThePage)
          .hasSizeGreaterThan(20)
          .containsExactlyInAnyOrderElementsOf(lines(registry));
    }
  }

  @Test
  void everySeriesOfTheAlerts_isScraped() throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    List<String> named = SERIES.matcher(page()).results().map(m -> m.group()).toList();
    try (Chat chat = new Chat(registry)) {
      chat.submit("1").advance(100);
      String scraped = registry.scrape();
      assertThat(named)
          .hasSizeGreaterThan(5)
          .allSatisfy(series -> assertThat(scraped).contains("\n" + series + "{"));
    }
  }

  /** As the page has them: one for each name, with the values of its tags. */
  private static List<String> lines(SimpleMeterRegistry registry) {
    Map<String, TreeSet<String>> tagsOfName = new TreeMap<>();
    Map<String, String> startOfName = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      assertThat(id.getTag("buffer")).as(id.getName()).isEqualTo(Chat.NAME);
      assertThat(id.getDescription()).as(id.getName()).isNotBlank();
      String unit = Objects.requireNonNullElse(id.getBaseUnit(), "");
      startOfName.put(id.getName(), id.getName() + " | " + type(id) + " | " + unit + " | ");
      TreeSet<String> tags = tagsOfName.computeIfAbsent(id.getName(), n -> new TreeSet<>());
      id.getTags().stream()
          .filter(tag -> !tag.getKey().equals("buffer"))
          .forEach(tag -> tags.add(pair(tag)));
    }
    return startOfName.keySet().stream()
        .map(name -> startOfName.get(name) + tags(tagsOfName.get(name)))
        .toList();
  }

  private static String type(Meter.Id id) {
    return id.getType() == Meter.Type.DISTRIBUTION_SUMMARY
        ? "summary"
        : id.getType().name().toLowerCase(Locale.ROOT);
  }

  private static String pair(Tag tag) {
    return "`" + tag.getKey() + "`: `" + tag.getValue() + "`";
  }

  /** "`a`: `1`", "`a`: `2`" to "`a`: `1`, `2`". */
  private static String tags(TreeSet<String> pairs) {
    StringBuilder tags = new StringBuilder();
    for (String pair : pairs) {
      tags.append(tags.isEmpty() ? pair : ", " + pair.substring(pair.indexOf(": ") + 2));
    }
    return tags.toString();
  }
}
