// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * What the child asked for, got and did, in a file that only grows and that the library does not
 * know. A line is one write: what the kernel has, no kill takes away. A line that was cut in two
 * lacks its last word and does not count.
 */
final class Journal {

  private static final String WHOLE = " .";
  private final FileChannel file;
  private final Map<String, CountDownLatch> receipts = new ConcurrentHashMap<>();

  Journal(Path path) throws IOException {
    this.file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    file.write(ByteBuffer.wrap(new byte[] {'\n'}));
  }

  void write(String format, Object... parts) {
    byte[] line = (format.formatted(parts) + WHOLE + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      file.write(ByteBuffer.wrap(line));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (format.startsWith("RECEIPT ")) {
      receipt((String) parts[1]).countDown();
    }
  }

  /** Returns when this message's receipt is written down. */
  void awaitReceipt(String payload) {
    try {
      receipt(payload).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CountDownLatch receipt(String payload) {
    return receipts.computeIfAbsent(payload, any -> new CountDownLatch(1));
  }

  /** The words of each whole line. */
  static List<List<String>> read(Path path) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    return parse(Files.readString(path));
  }

  static List<List<String>> parse(String text) {
    return text.lines()
        .filter(line -> line.endsWith(WHOLE))
        .map(line -> line.substring(0, line.length() - WHOLE.length()))
        .map(line -> List.of(line.split(" ")))
        .toList();
  }
}
