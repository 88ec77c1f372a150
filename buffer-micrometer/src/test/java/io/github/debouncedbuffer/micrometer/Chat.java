// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.testkit.TestBuffer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real buffer in virtual time with its metrics, and a bot that answers, is slow or fails. */
final class Chat implements AutoCloseable {

  static final String KEY = "wati:50370000001";
  static final String OTHER = "wati:50370000002";
  static final String NAME = "chat";

  /** What the bot does with a batch. */
  interface Answer {
    void to(Chat chat, Batch<String> batch) throws Exception;
  }

  final MeterRegistry registry;
  final TestBuffer<String> test;
  private final Deque<Answer> answers = new ArrayDeque<>();
  DebouncedBufferMetrics metrics;

  Chat(MeterRegistry registry) {
    this(registry, builder -> builder);
  }

  Chat(MeterRegistry registry, UnaryOperator<DebouncedBufferBuilder<String>> setup) {
    this.registry = registry;
    metrics = metrics(registry);
    test =
        TestBuffer.of(
            new PickyText(),
            WindowPolicy.fixed(Duration.ofSeconds(35)),
            batch -> {
              Answer answer = answers.poll();
              if (answer != null) {
                answer.to(this, batch);
              }
            },
            builder -> setup.apply(builder).listener(metrics));
    metrics.watch(test.buffer());
  }

  /** Each gauge asks anew. */
  static DebouncedBufferMetrics metrics(MeterRegistry registry) {
    return DebouncedBufferMetrics.of(registry, NAME, Duration.ZERO, Runnable::run);
  }

  Chat then(Answer answer) {
    answers.add(answer);
    return this;
  }

  Chat thenTake(int seconds) {
    return then((chat, batch) -> chat.advance(seconds));
  }

  Chat thenFail() {
    return then(
        (chat, batch) -> {
          throw new IllegalStateException("no answer for " + batch.key() + batch.payloads());
        });
  }

  Chat submit(String text) {
    test.submit(KEY, text);
    return this;
  }

  /** What the batch is when late messages have joined it. */
  List<String> absorbed(Batch<String> batch) {
    return batch.absorb().payloads();
  }

  Chat advance(int seconds) {
    test.advance(Duration.ofSeconds(seconds));
    return this;
  }

  /** As a deployment does, with metrics made anew. */
  void restart() {
    metrics = metrics(registry);
    test.restart();
    metrics.watch(test.buffer());
  }

  /** Dies, and is started by another process that goes on with these metrics. */
  void crash() {
    test.crash();
  }

  double count(String name, String... tags) {
    return registry.get("debounced.buffer." + name).tags(tags).counter().count();
  }

  double gauge(String name, String... tags) {
    return registry.get("debounced.buffer." + name).tags(tags).gauge().value();
  }

  @Override
  public void close() {
    test.failures();
    test.close();
  }

  /** Text, of which whatever starts with "broken" can be written, but not read. */
  private static final class PickyText implements Codec<String> {
    @Override
    public byte[] encode(String payload) throws Exception {
      return Codec.utf8().encode(payload);
    }

    @Override
    public String decode(byte[] bytes) throws Exception {
      String text = Codec.utf8().decode(bytes);
      if (text.startsWith("broken")) {
        throw new IllegalArgumentException("cannot decode " + text);
      }
      return text;
    }
  }
}
