// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** GET /events of a real server, and clients that read it. */
final class Events implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Events(Subscribers subscribers) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/events", subscribers);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  HttpURLConnection connect() throws IOException {
    return connect(port());
  }

  static HttpURLConnection connect(int port) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/events").toURL().openConnection();
    connection.setReadTimeout(PATIENCE_MILLIS);
    return connection;
  }

  Client client() throws IOException {
    return client(port());
  }

  static Client client(int port) throws IOException {
    return new Client(connect(port));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** Reads as a browser does. */
  static final class Client implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    private Client(HttpURLConnection connection) throws IOException {
      this.connection = connection;
      this.lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next data of this event. */
    String next(String event) throws IOException {
      until(line -> line.equals("event: " + event));
      return until(line -> line.startsWith("data: ")).substring("data: ".length());
    }

    /** Reads on to data that says all of this. */
    String await(String... words) throws IOException {
      return until(
          line -> {
            for (String word : words) {
              if (!line.contains(word)) {
                return false;
              }
            }
            return true;
          });
    }

    private String until(Predicate<String> wanted) throws IOException {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (wanted.test(line)) {
          return line;
        }
        if (System.nanoTime() > deadline) { // The server's signs of life end no wait.
          throw new AssertionError("nobody says what is waited for");
        }
      }
      throw new AssertionError("the server has closed the connection");
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
