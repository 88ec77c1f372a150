// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@link Work} in a JVM of its own and has the system's calls of all its threads recorded. */
final class Strace {

  /** Each call that can change a file, or map it; with ? those that not every machine has. */
  private static final String CALLS =
      "trace=?open,openat,?creat,?openat2,write,pwrite64,writev,pwritev,?pwritev2,"
          + "fsync,fdatasync,?sync_file_range,?truncate,ftruncate,fallocate,?copy_file_range,"
          + "sendfile,splice,?unlink,unlinkat,?rename,?renameat,renameat2,?link,linkat,mmap";

  private static final List<String> COMMAND =
      List.of("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "1048576", "-e", CALLS);

  private Strace() {}

  /** Whether it is installed, new enough, and allowed to trace a child. */
  static boolean works() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of("-o", "/dev/null", "true"));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** The calls on the files of a folder, in their order. */
  static List<Event> events(Path folder, Path trace, String synchronous)
      throws IOException, InterruptedException {
    Path output = trace.resolveSibling(trace.getFileName() + ".output");
    List<String> command = new ArrayList<>(COMMAND);
    command.addAll(List.of("-o", trace.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Work.class.getName(), folder.toString(), synchronous));
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(exit + ": " + Files.readString(output));
    }
    List<Event> events = TraceReader.read(trace, folder);
    Files.delete(trace);
    return events;
  }
}
