// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.RetryPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a real scrape has after all that can happen to messages, and what it never has. */
class PrometheusTest {

  private static final Pattern SAMPLE =
      Pattern.compile("(debounced_buffer_[a-z0-9_]+)\\{([^}]*)} (NaN|-?\\d.*)");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"([^\"]*)\",?");

  private static String scrapeAfterAll() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Chat chat = new Chat(registry, b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(1)))) {
      chat.then((c, batch) -> c.advance(1).submit("PAYLOAD late")).thenFail();
      chat.test.submit(Chat.KEY, "MESSAGE-ID", "PAYLOAD 1");
      chat.test.submit(Chat.KEY, "MESSAGE-ID", "PAYLOAD 1");
      chat.advance(100);
      chat.submit("broken PAYLOAD").advance(100);
      chat.test.submit(Chat.OTHER, "PAYLOAD 2");
      chat.test.buffer().discard(Chat.OTHER);
      chat.submit("PAYLOAD 3").advance(1);
      return registry.scrape();
    }
  }

  @Test
  void faults59_noKeyIdOrPayload_isInAScrape_andNoTagHasFreeText() {
    String scraped = scrapeAfterAll();
    assertThat(scraped).doesNotContain("503700", "MESSAGE-ID", "PAYLOAD", "wati");
    List<String> samples = scraped.lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(samples).hasSizeGreaterThan(40);
    Set<String> labels = new TreeSet<>();
    for (String sample : samples) {
      Matcher matcher = SAMPLE.matcher(sample);
      assertThat(matcher.matches()).as(sample).isTrue();
      Matcher label = LABEL.matcher(matcher.group(2));
      while (label.find()) {
        labels.add(label.group(1));
        assertThat(label.group(2)).as(sample).matches("[a-z_]+");
      }
    }
    assertThat(labels).containsExactly("buffer", "reason", "state", "status");
  }

  @Test
  void names_haveTheirUnits_andWhatHappenedIsCounted() {
    assertThat(scrapeAfterAll())
        .contains(
            "\ndebounced_buffer_oldest_pending_seconds{buffer=\"chat\"} 1.0",
            "\ndebounced_buffer_pending_messages{buffer=\"chat\"} 1.0",
            "\ndebounced_buffer_submitted_messages_total{buffer=\"chat\",status=\"accepted\"} 5.0",
            "\ndebounced_buffer_submitted_messages_total{buffer=\"chat\",status=\"duplicate\"} 1.0",
            "\ndebounced_buffer_late_messages_total{buffer=\"chat\"} 1.0",
            "\ndebounced_buffer_dead_lettered_batches_total{buffer=\"chat\",reason=\"attempts_used_up\"} 1.0",
            "\ndebounced_buffer_dead_lettered_batches_total{buffer=\"chat\",reason=\"unreadable\"} 1.0",
            "\ndebounced_buffer_discarded_messages_total{buffer=\"chat\"} 1.0",
            "\ndebounced_buffer_wait_seconds_count{buffer=\"chat\"} 3",
            "\ndebounced_buffer_batch_size_messages_sum{buffer=\"chat\"} 1.0",
            "\ndebounced_buffer_store_failures_total{buffer=\"chat\",reason=\"busy\"} 0.0");
  }
}
