// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in transaction mode before the tests' server, with fewer sessions than clients. */
final class PgBouncer implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      [databases]
      postgres = host=127.0.0.1 port=%d dbname=postgres user=postgres
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 3
      ignore_startup_parameters = extra_float_digits
      """;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Process process;
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  private PgBouncer(Path program, Path folder) throws IOException {
    int port = freePort();
    Path file = folder.resolve("pgbouncer.ini");
    Files.writeString(file, CONFIGURATION.formatted(Server.port(), port));
    List<String> command = new ArrayList<>(List.of(program.toString(), "-q"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody")); // it refuses to be root
    }
    command.add(file.toString());
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
    source.setPrepareThreshold(0); // for versions before 1.21
  }

  /** Where it is, if it is anywhere. */
  static Optional<Path> program() {
    Stream<String> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
    return Stream.concat(folders, Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static PgBouncer start(Path program, Path folder) throws IOException {
    PgBouncer started = new PgBouncer(program, folder);
    started.await();
    return started;
  }

  private void await() {
    for (long end = System.nanoTime() + PATIENCE_NANOS; ; ) {
      try (Connection connection = source.getConnection()) {
        connection.isValid(1);
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IllegalStateException("PgBouncer does not answer; see its log", notYet);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // a real process, in real time
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  DataSource source() {
    return source;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
