// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.StoreException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each request is answered, and that nothing of a refused one is stored. */
class StatusTest {

  private static final String WATI = Posts.wati("50370000001", "m1", "Hello");
  private static final String WHATSAPP =
      Posts.whatsApp(Posts.messages(Posts.message("50370000001", "wamid.1", "Hello")));

  @TempDir Path folder;
  private TestServer test;

  @BeforeEach
  void start() throws Exception {
    test =
        new TestServer(
            folder,
            usual ->
                usual
                    .windows(channel -> TestServer.untilFull(100))
                    .routes(Map.of("/page", Endpoint.get(x -> Reply.ok("a page")))));
  }

  @AfterEach
  void close() {
    test.close();
  }

  private int post(String path, String body) throws Exception {
    return test.provider.post(path, body).statusCode();
  }

  @Test
  void status200_thePostIsStored() throws Exception {
    assertThat(post("/wati", WATI)).isEqualTo(200);
    assertThat(post("/whatsapp", WHATSAPP)).isEqualTo(200);
    assertThat(post("/manychat/facebook", Posts.manyChat("50370000001", "Hi"))).isEqualTo(200);
    assertThat(post("/manychat/instagram", Posts.manyChat("50370000001", "Hi"))).isEqualTo(200);
    for (String channel : new String[] {"wati", "whatsapp", "facebook", "instagram"}) {
      assertThat(test.server.buffer().inspect(channel + ":50370000001")).as(channel).isPresent();
    }
  }

  @Test
  void status200_statusesAreNothingToStore() throws Exception {
    String statuses = Posts.whatsApp(Posts.change("statuses", Posts.status("wamid.1")));
    assertThat(post("/whatsapp", statuses)).isEqualTo(200);
    assertThat(test.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{\"eventType\":\"message\"}",
        "\u00e9",
        "{\"a\":NaN}"
      })
  void status400_theBodyIsNotAsDocumented(String body) throws Exception {
    for (String path : new String[] {"/wati", "/whatsapp", "/manychat/facebook"}) {
      assertThat(post(path, body)).as(path).isEqualTo(400);
    }
    assertThat(test.pending()).isZero();
  }

  @Test
  void status400_notUtf8_tooDeep_orNothingThatABufferCanKeep() throws Exception {
    byte[] latin = WATI.replace("Hello", "\u00bfQu\u00e9?").getBytes(ISO_8859_1);
    assertThat(test.provider.post("/wati", latin, "").statusCode()).isEqualTo(400);
    assertThat(post("/wati", WATI + "{}")).isEqualTo(400);
    assertThat(post("/wati", "[".repeat(100_000))).isEqualTo(400);
    assertThat(post("/wati", WATI.replace("Hello", "\\ud83d"))).isEqualTo(400);
    assertThat(post("/wati", WATI.replace("50370000001", "\\u0000"))).isEqualTo(400);
    assertThat(post("/wati", WATI.replace("\"m1\"", "\"" + "m".repeat(513) + "\""))).isEqualTo(400);
    assertThat(test.pending()).isZero();
  }

  @Test
  void status401_theSignatureIsMissing_orOfAnotherBody() throws Exception {
    byte[] body = WHATSAPP.getBytes(UTF_8);
    String ofAnother = new Signature(Provider.APP_SECRET).of((WHATSAPP + " ").getBytes(UTF_8));
    assertThat(test.provider.post("/whatsapp", body, "").statusCode()).isEqualTo(401);
    assertThat(test.provider.post("/whatsapp", body, ofAnother).statusCode()).isEqualTo(401);
    var unsigned = test.provider.request("/whatsapp").POST(BodyPublishers.ofByteArray(body));
    assertThat(test.provider.send(unsigned).statusCode()).isEqualTo(401);
    assertThat(test.pending()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "hub.mode=subscribe&hub.verify_token=verify-token&hub.challenge=11%2058, 200, 11 58",
    "hub.mode=subscribe&hub.verify_token=verify-tokem&hub.challenge=1158, 403,",
    "hub.mode=unsubscribe&hub.verify_token=verify-token&hub.challenge=1158, 403,",
    "hub.mode=subscribe&hub.verify_token=verify-token, 403,",
    "hub.mode=subscribe&hub.challenge=1158, 403,",
    "x, 403,"
  })
  void status403_unlessTheVerifyTokenIsKnown(String query, int status, String text)
      throws Exception {
    HttpResponse<String> reply = test.provider.get("/whatsapp?" + query);
    assertThat(reply.statusCode()).isEqualTo(status);
    if (text != null) {
      assertThat(reply.body()).isEqualTo(text);
    }
  }

  @Test
  void status404_isWhatNoPathIs() throws Exception {
    for (String path : new String[] {"/", "/wati/", "/watis", "/manychat", "/page/x"}) {
      assertThat(post(path, WATI)).as(path).isEqualTo(404);
    }
    assertThat(test.provider.get("/page").body()).isEqualTo("a page");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /wati, POST",
    "DELETE, /whatsapp, 'GET, POST'",
    "POST, /metrics, GET",
    "HEAD, /health, GET"
  })
  void status405_namesTheMethodsThatAreAllowed(String method, String path, String allowed)
      throws Exception {
    var request = test.provider.request(path).method(method, BodyPublishers.noBody());
    HttpResponse<String> reply = test.provider.send(request);
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void status413_theBodyHasMoreThanOneMebibyte() throws Exception {
    byte[] full = new byte[1 << 20];
    Arrays.fill(full, (byte) ' ');
    System.arraycopy(WATI.getBytes(UTF_8), 0, full, 0, WATI.length());
    assertThat(test.provider.post("/wati", full, "").statusCode()).isEqualTo(200);
    byte[] over = Arrays.copyOf(full, full.length + 1);
    over[full.length] = ' ';
    assertThat(test.provider.post("/wati", over, "").statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @EnumSource
  void status500_isAStoreThatStaysBroken_and503OneThatMayRecover(StoreException.Reason reason) {
    int status = reason.isRetryable() ? 503 : 500;
    assertThat(Reply.to(new StoreException(reason, "broken")).status()).isEqualTo(status);
    assertThat(Reply.to(new NullPointerException()).status()).isEqualTo(500);
  }
}
