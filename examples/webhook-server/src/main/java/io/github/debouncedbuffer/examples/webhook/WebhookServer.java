// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.sun.net.httpserver.HttpServer;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.micrometer.DebouncedBufferMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/**
 * A chat bot behind the webhooks of four channels. A post is answered 2xx when its messages are
 * durable, so a provider that delivers until it sees one loses nothing; what it delivers twice is
 * answered once. Thread-safe.
 *
 * <pre>{@code
 * java -jar examples/webhook-server/target/webhook-server.jar [port [chat.db]]
 * }</pre>
 *
 * <p>It listens on the loopback address: put what ends TLS, a reverse proxy or a tunnel, before it.
 */
public final class WebhookServer implements AutoCloseable {

  static {
    // The JDK's server writes head and body apart: without this the second waits 40 ms for the
    // acknowledgement of the first.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService threads;
  private final DebouncedBuffer<String> buffer;

  private WebhookServer(HttpServer http, ExecutorService threads, DebouncedBuffer<String> buffer) {
    this.http = http;
    this.threads = threads;
    this.buffer = buffer;
  }

  /**
   * Runs it until it is stopped. The secrets are taken from {@code WHATSAPP_APP_SECRET} and {@code
   * WHATSAPP_VERIFY_TOKEN}; without them they are those of {@code requests.sh}.
   *
   * @param args the port, 8080 if not given; the database file, {@code webhook.db} if not given
   * @throws IOException if the port is taken
   */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    Path file = Path.of(args.length > 1 ? args[1] : "webhook.db");
    String appSecret = environment("WHATSAPP_APP_SECRET", "demo-secret");
    String verifyToken = environment("WHATSAPP_VERIFY_TOKEN", "demo-token");
    WebhookServer server = start(Settings.demo(file, appSecret, verifyToken).port(port));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "webhook-close"));
    System.out.println("Listening on http://localhost:" + server.port() + ", messages in " + file);
  }

  private static String environment(String name, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(name), otherwise);
  }

  /**
   * Starts it, on what the last one left in the file.
   *
   * @param settings how
   * @return the server, listening
   * @throws IOException if the port is taken
   */
  public static WebhookServer start(Settings settings) throws IOException {
    HttpServer http =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), 0);
    boolean started = false;
    try {
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      var metrics = DebouncedBufferMetrics.of(registry, "webhook");
      var listener = BufferListener.of(metrics, settings.listener());
      DebouncedBuffer<String> buffer = metrics.watch(Bot.start(settings, listener));
      ExecutorService threads = ServerThreads.start();
      http.setExecutor(threads);
      http.createContext("/", Router.of(settings, buffer, registry));
      http.start();
      started = true;
      return new WebhookServer(http, threads, buffer);
    } finally {
      if (!started) {
        http.stop(0);
      }
    }
  }

  /**
   * Where it listens.
   *
   * @return the port
   */
  public int port() {
    return http.getAddress().getPort();
  }

  /**
   * The buffer, to look at it and to flush, redrive and so on.
   *
   * @return the buffer
   */
  public DebouncedBuffer<String> buffer() {
    return buffer;
  }

  /** Closes the buffer first: posts are answered 503 until nothing runs any more. */
  @Override
  public void close() {
    buffer.close();
    http.stop(0);
    threads.shutdownNow();
  }
}
