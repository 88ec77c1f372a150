// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;
import javax.net.SocketFactory;

/**
 * Sockets that count round trips: how often somebody writes who has read before. So it is counted
 * what goes over the wire, whatever the driver makes of a statement. The driver makes it by its
 * class's name, with the constructor that takes nothing.
 */
public final class Turns extends SocketFactory {

  private static final LongAdder TAKEN = new LongAdder();

  /** On all sockets since the process began. */
  static long taken() {
    return TAKEN.sum();
  }

  @Override
  public Socket createSocket() {
    return new Counting();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("the driver does not choose its own address");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("the driver does not choose its own address");
  }

  private static Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = new Counting();
    socket.connect(address);
    return socket;
  }

  private static final class Counting extends Socket {

    private volatile boolean writing;

    @Override
    public InputStream getInputStream() throws IOException {
      return new Reading(super.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new Writing(super.getOutputStream());
    }

    private final class Reading extends FilterInputStream {
      Reading(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        int read = super.read();
        writing = false;
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        writing = false;
        return read;
      }
    }

    private final class Writing extends FilterOutputStream {
      Writing(OutputStream out) {
        super(out);
      }

      @Override
      public void write(int one) throws IOException {
        begin();
        out.write(one);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        begin();
        out.write(bytes, offset, length);
      }

      private void begin() {
        if (!writing) {
          writing = true;
          TAKEN.increment();
        }
      }
    }
  }
}
