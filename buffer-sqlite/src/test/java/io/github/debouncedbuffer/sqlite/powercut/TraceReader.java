// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.sqlite.powercut.Event.Cut;
import io.github.debouncedbuffer.sqlite.powercut.Event.FolderSynced;
import io.github.debouncedbuffer.sqlite.powercut.Event.Made;
import io.github.debouncedbuffer.sqlite.powercut.Event.Noted;
import io.github.debouncedbuffer.sqlite.powercut.Event.Removed;
import io.github.debouncedbuffer.sqlite.powercut.Event.Synced;
import io.github.debouncedbuffer.sqlite.powercut.Event.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what {@code strace -f -y -xx} has written. A call on a file of the store that is not known
 * here is an error: nothing that changes a file may pass unseen.
 */
final class TraceReader {

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += ([^ ]+).*");
  private static final String UNFINISHED = " <unfinished ...>";

  private final Map<String, String> unfinished = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Path folder;
  private final String folderInHex;

  private TraceReader(Path folder) {
    this.folder = folder;
    this.folderInHex = hex(folder.toString());
  }

  static List<Event> read(Path trace, Path folder) throws IOException {
    TraceReader reader = new TraceReader(folder);
    try (Stream<String> lines = Files.lines(trace)) {
      lines.forEach(reader::line);
    }
    return reader.events;
  }

  /** A call that another thread interrupts is told in two halves; it counts when it is done. */
  private void line(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("not a line of a trace: " + line);
    }
    String thread = parts.group(1);
    String text = parts.group(2);
    Matcher resumed = RESUMED.matcher(text);
    if (resumed.matches()) {
      text = unfinished.remove(thread) + resumed.group(1);
    } else if (text.endsWith(UNFINISHED)) {
      unfinished.put(thread, text.substring(0, text.length() - UNFINISHED.length()));
      return;
    }
    if (text.contains(folderInHex) && !text.startsWith("---") && !text.startsWith("+++")) {
      call(text);
    }
  }

  private void call(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new IllegalStateException("not a call: " + text);
    }
    String[] arguments = call.group(2).split(", ");
    String result = call.group(3);
    if (!result.equals("-1")) {
      done(call.group(1), arguments, result);
    }
  }

  private void done(String name, String[] arguments, String result) {
    switch (name) {
      case "openat" -> opened(arguments);
      case "write" -> written(arguments, result);
      case "pwrite64" -> writtenAt(arguments, result);
      case "fsync", "fdatasync" -> synced(path(arguments[0]));
      case "ftruncate" -> {
        String file = file(arguments[0]);
        if (isStored(file)) {
          events.add(new Cut(file, Integer.parseInt(arguments[1])));
        }
      }
      case "unlink" -> removed(file(arguments[0]));
      case "unlinkat" -> removed(file(arguments[1]));
      case "mmap" -> mapped(arguments);
      default -> throw new IllegalStateException(name + " on " + Arrays.toString(arguments));
    }
  }

  private void opened(String[] arguments) {
    String file = file(arguments[1]);
    if (isStored(file)) {
      require(!arguments[2].contains("O_TRUNC"), "emptied at open", file);
      if (arguments[2].contains("O_CREAT")) {
        events.add(new Made(file));
      }
    }
  }

  private void written(String[] arguments, String result) {
    String file = file(arguments[0]);
    require(!isStored(file), "written without a position", file);
    if (file.equals(Work.NOTES)) {
      byte[] bytes = unhex(arguments[1]);
      require(bytes.length == Integer.parseInt(result), "written in part", file);
      events.add(new Noted(new String(bytes, UTF_8).strip()));
    }
  }

  private void writtenAt(String[] arguments, String result) {
    String file = file(arguments[0]);
    if (isStored(file)) {
      byte[] bytes = Arrays.copyOf(unhex(arguments[1]), Integer.parseInt(result));
      events.add(new Written(file, Integer.parseInt(arguments[3]), bytes));
    }
  }

  private void synced(Path path) {
    if (path.equals(folder)) {
      events.add(new FolderSynced());
    } else if (isStored(path.getFileName().toString())) {
      events.add(new Synced(path.getFileName().toString()));
    }
  }

  private void removed(String file) {
    if (isStored(file)) {
      events.add(new Removed(file));
    }
  }

  private void mapped(String[] arguments) {
    String file = file(arguments[4]);
    boolean writes = arguments[2].contains("PROT_WRITE") && arguments[3].contains("MAP_SHARED");
    require(!(isStored(file) && writes), "written through memory", file);
  }

  /** Not the shared memory, which is made anew after a crash, nor the owner's lock. */
  private static boolean isStored(String file) {
    return file.equals(Work.DATABASE)
        || file.equals(Work.DATABASE + "-wal")
        || file.equals(Work.DATABASE + "-journal");
  }

  private String file(String argument) {
    Path path = path(argument);
    return folder.equals(path.getParent()) ? path.getFileName().toString() : "";
  }

  /** Of {@code "path"} or {@code 5<path>}. */
  private static Path path(String argument) {
    return Path.of(new String(unhex(argument), UTF_8));
  }

  private static void require(boolean holds, String what, String file) {
    if (!holds) {
      throw new IllegalStateException(file + " is " + what);
    }
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      hex.append("\\x%02x".formatted(b));
    }
    return hex.toString();
  }

  private static byte[] unhex(String argument) {
    int from = argument.indexOf('\\');
    int to = Math.max(argument.lastIndexOf('"'), argument.lastIndexOf('>'));
    byte[] bytes = new byte[from < 0 ? 0 : (to - from) / 4];
    require(from < 0 || bytes.length * 4 == to - from, "not all in hex", argument);
    for (int i = 0; i < bytes.length; i++) {
      int at = from + 4 * i + 2;
      bytes[i] = (byte) Integer.parseInt(argument, at, at + 2, 16);
    }
    return bytes;
  }
}
