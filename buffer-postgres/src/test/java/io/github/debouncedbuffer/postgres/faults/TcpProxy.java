// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a node and the server, and does to their connection what networks do. */
final class TcpProxy implements AutoCloseable {

  /** What becomes of what is sent, on connections that are open and on new ones. */
  enum Mode {
    /** All goes through. */
    PASS,
    /** New connections are closed at once. */
    REFUSE,
    /** Nothing goes through, and nobody is told: a partition. */
    BLACK_HOLE,
    /** What the node sends goes through; what the server answers does not. */
    NO_ANSWERS
  }

  private final ServerSocket listening;
  private volatile int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.PASS;
  private volatile boolean closed;

  TcpProxy(int server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void mode(Mode newMode) {
    mode = newMode;
  }

  /** New connections lead to another server. */
  void leadTo(int otherServer) {
    server = otherServer;
  }

  /** Closes all connections that are open, on both sides. */
  void cut() {
    open.forEach(this::closeQuietly);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket node = listening.accept();
        if (mode == Mode.REFUSE) {
          node.close();
        } else {
          connect(node);
        }
      } catch (IOException failed) {
        continue; // the listening socket was closed, or the server is not there
      }
    }
  }

  private void connect(Socket node) throws IOException {
    open.add(node);
    if (mode == Mode.BLACK_HOLE) {
      return; // accepted, and then nothing
    }
    Socket there;
    try {
      there = new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (IOException absent) {
      closeQuietly(node);
      return;
    }
    open.add(there);
    start(() -> pump(node, there, false));
    start(() -> pump(there, node, true));
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[8_192];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        boolean lost = mode == Mode.BLACK_HOLE || (answers && mode == Mode.NO_ANSWERS);
        if (!lost) {
          out.write(buffer, 0, read);
          out.flush();
        }
      }
    } catch (IOException gone) {
      // what follows closes both sides
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private void closeQuietly(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listening.close();
    cut();
  }
}
