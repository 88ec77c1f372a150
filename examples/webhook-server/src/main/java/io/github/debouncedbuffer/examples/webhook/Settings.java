// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.sun.net.httpserver.HttpHandler;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.WindowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * How to run a {@link WebhookServer}. Immutable.
 *
 * @param port where to listen; 0 for any free one
 * @param file the SQLite file of the buffer
 * @param windows how long each channel's messages are collected; told {@code wati}, say
 * @param ai what answers
 * @param outbound what sends the answers
 * @param secret with which WhatsApp signs what it posts
 * @param verifyToken with which WhatsApp shows, once, that it was us who registered the webhook
 * @param onLate what a message does to an answer that is being made when it arrives
 * @param limits beyond which messages are refused with 503
 * @param listener is told of each step, besides the metrics
 * @param routes further paths and what answers them, a page, say; a path matches as a whole, and
 *     those of the webhooks are not replaced
 */
public record Settings(
    int port,
    Path file,
    Function<String, WindowPolicy> windows,
    Ai ai,
    Outbound outbound,
    String secret,
    String verifyToken,
    OnLate onLate,
    Limits limits,
    BufferListener listener,
    Map<String, HttpHandler> routes) {

  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  /**
   * Checks the secrets: without one, anybody could post.
   *
   * @throws IllegalArgumentException if one is blank
   */
  public Settings {
    requireSecret("secret", secret);
    requireSecret("verifyToken", verifyToken);
    routes = Map.copyOf(routes);
  }

  /**
   * What a demonstration needs: short windows, a slow simulated AI, answers written to the console.
   *
   * @param file the SQLite file of the buffer; made if it is absent
   * @param secret see above
   * @param verifyToken see above
   * @return settings to change to one's needs
   */
  public static Settings demo(Path file, String secret, String verifyToken) {
    return new Settings(
        0,
        file,
        channel -> WindowPolicy.quiet(QUIET, AT_MOST),
        SimulatedAi.slow(),
        new ConsoleOutbound(System.out),
        secret,
        verifyToken,
        OnLate.collect(),
        Limits.DEFAULT,
        new BufferListener() {},
        Map.of());
  }

  /**
   * Sets the port.
   *
   * @param port see above
   * @return the changed settings
   */
  public Settings port(int port) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets the windows.
   *
   * @param windows see above
   * @return the changed settings
   */
  public Settings windows(Function<String, WindowPolicy> windows) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets what answers.
   *
   * @param ai see above
   * @return the changed settings
   */
  public Settings ai(Ai ai) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets what sends.
   *
   * @param outbound see above
   * @return the changed settings
   */
  public Settings outbound(Outbound outbound) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets what late messages do.
   *
   * @param onLate see above
   * @return the changed settings
   */
  public Settings onLate(OnLate onLate) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets what is refused.
   *
   * @param limits see above
   * @return the changed settings
   */
  public Settings limits(Limits limits) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets who is told of each step.
   *
   * @param listener see above
   * @return the changed settings
   */
  public Settings listener(BufferListener listener) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /**
   * Sets the further paths.
   *
   * @param routes see above
   * @return the changed settings
   */
  public Settings routes(Map<String, HttpHandler> routes) {
    return new Settings(
        port, file, windows, ai, outbound, secret, verifyToken, onLate, limits, listener, routes);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Settings[port=" + port + ", file=" + file + ", onLate=" + onLate + "]";
  }

  private static void requireSecret(String name, String value) {
    if (Objects.requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException(name + " is blank; without it anybody could post");
    }
  }
}
