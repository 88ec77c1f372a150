// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import io.github.debouncedbuffer.Codec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Text to bytes, with the check for lone surrogates, and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

  /** One that is all ASCII, and one of which nothing is. */
  @Param({"hola, una pregunta", "¿ñandú? 🦤"})
  public String word = "";

  private final Codec<String> codec = Codec.utf8();
  private String text = "";
  private byte[] bytes = {};

  /** 120 characters of it. */
  @Setup
  public void repeat() throws Exception {
    text = word.repeat(120 / word.length());
    bytes = codec.encode(text);
  }

  /** Before a submit. */
  @Benchmark
  public byte[] encode() throws Exception {
    return codec.encode(text);
  }

  /** Before the handler. */
  @Benchmark
  public String decode() throws Exception {
    return codec.decode(bytes);
  }
}
