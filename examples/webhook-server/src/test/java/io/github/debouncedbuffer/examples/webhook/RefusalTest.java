// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Limits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buffer that takes two messages and no more, and what becomes of the third. */
class RefusalTest {

  private static final String KEY = "whatsapp:50370000001";

  @TempDir Path folder;
  private final BlockingQueue<BatchInfo> completed = new LinkedBlockingQueue<>();
  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    BufferListener noting =
        new BufferListener() {
          @Override
          public void completed(BatchInfo batch, Duration took, Instant at) {
            completed.add(batch);
          }
        };
    test =
        new TestServer(
            folder,
            usual ->
                usual
                    .windows(channel -> TestServer.untilFull(100))
                    .limits(Limits.DEFAULT.pendingInTotal(2))
                    .listener(noting));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private static String message(int number) {
    return Posts.message("50370000001", "wamid." + number, "text " + number);
  }

  private HttpResponse<String> post(String... messages) throws Exception {
    return test.provider.post("/whatsapp", Posts.whatsApp(Posts.messages(messages)));
  }

  @Test
  void full_is503_untilThereIsRoom_andThenNothingIsAnsweredTwice() throws Exception {
    assertThat(post(message(1)).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = post(message(2), message(3), message(4));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValueAsLong("Retry-After")).hasValue(2);
    assertThat(post(message(1)).body()).as("redelivered, so no matter").isEqualTo("stored before");

    test.server.buffer().flush(KEY);
    assertThat(test.answer().text()).isEqualTo("text 1 | text 2");
    TestServer.next(completed);

    assertThat(post(message(2), message(3), message(4)).statusCode()).isEqualTo(200);
    test.server.buffer().flush(KEY);
    assertThat(test.answer().text()).isEqualTo("text 3 | text 4");
  }

  @Test
  void full_outweighsAMessageThatCannotBeStored() throws Exception {
    assertThat(post(message(1), message(2)).statusCode()).isEqualTo(200);
    String unstorable = message(3).replace("text 3", "\\ud83d");
    assertThat(post(unstorable, message(4)).statusCode()).isEqualTo(503);
    assertThat(post(message(4), unstorable).statusCode()).isEqualTo(503);
    assertThat(post(message(1), unstorable).statusCode()).isEqualTo(400);
  }

  @Test
  void closed_is503_andUnwell() throws Exception {
    assertThat(test.provider.get("/health").statusCode()).isEqualTo(200);
    test.server.buffer().close();
    HttpResponse<String> refused = post(message(1));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(test.provider.get("/health").statusCode()).isEqualTo(503);
  }
}
