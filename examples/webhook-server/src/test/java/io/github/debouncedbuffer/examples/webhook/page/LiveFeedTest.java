// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a page is told of a real buffer, over a real connection. */
@Timeout(60)
class LiveFeedTest {

  private static final String A = "wati:50370000001";
  private static final String B = "wati:50370000002";

  private final Subscribers subscribers = new Subscribers();
  private final LiveFeed feed = new LiveFeed(List.of(A, B), subscribers);
  private final Semaphore answers = new Semaphore(0);
  private DebouncedBuffer<String> buffer;
  private Events events;

  @BeforeEach
  void start() throws IOException {
    buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore())
            .window(WindowPolicy.fixed(Duration.ofHours(1)))
            .retry(RetryPolicy.DEFAULT.maxAttempts(1))
            .handler(this::answer)
            .listener(feed)
            .closeTimeout(Duration.ZERO)
            .start();
    events = new Events(subscribers);
    feed.watch(buffer);
  }

  private void answer(Batch<String> batch) throws InterruptedException {
    answers.acquire();
    if (batch.payloads().contains("fail")) {
      throw new IllegalStateException("as it was told to");
    }
  }

  @AfterEach
  void stop() {
    events.close();
    buffer.close();
  }

  @Test
  void newClient_firstGetsThePresentState() throws IOException {
    buffer.submit(A, "one");
    buffer.submit(A, "two");
    try (Events.Client client = events.client()) {
      assertThat(client.next("key"))
          .contains(
              A, "\"state\":\"WAITING\"", "\"dueInMillis\":3"); // the second may still be told
      assertThat(client.next("key")).contains(B, "\"state\":\"IDLE\"", "\"pending\":0");
    }
  }

  @Test
  void eachStep_isTold_withWhatCameLate() throws IOException {
    try (Events.Client client = events.client()) {
      buffer.submit(A, "one");
      client.await(A, "WAITING", "\"pending\":1");
      buffer.flush(A);
      client.await(A, "RUNNING", "\"attempt\":1");
      buffer.submit(A, "two");
      client.await(A, "RUNNING", "\"pending\":2", "\"late\":1");
      answers.release();
      client.await("event: picture");
      client.await(A, "WAITING", "\"pending\":1", "\"late\":0", "follow-up");
      buffer.flush(A);
      answers.release();
      client.await(A, "IDLE", "\"pending\":0");
    }
  }

  @Test
  void messageDeliveredAgain_isCounted() throws IOException {
    try (Events.Client client = events.client()) {
      buffer.submit(A, "wamid.1", "one");
      buffer.submit(A, "wamid.1", "one");
      client.await(A, "\"pending\":1", "\"redelivered\":1");
    }
  }

  @Test
  void deadLetters_areCounted_alsoByTheNextProcess() throws IOException {
    try (Events.Client client = events.client()) {
      buffer.submit(A, "fail");
      buffer.flush(A);
      answers.release();
      client.await(A, "IDLE", "\"dead\":1");
    }
    Subscribers next = new Subscribers();
    new LiveFeed(List.of(B, A), next).watch(buffer);
    try (Events after = new Events(next);
        Events.Client client = after.client()) {
      assertThat(client.next("key")).contains(B, "\"dead\":0");
      assertThat(client.next("key")).contains(A, "\"dead\":1");
    }
  }

  @Test
  void keyThatIsNotWatched_isNotTold() throws IOException {
    try (Events.Client client = events.client()) {
      buffer.submit("wati:50370000009", "one");
      buffer.submit(B, "two");
      client.next("key");
      client.next("key");
      assertThat(client.next("key")).contains(B, "WAITING");
    }
  }
}
