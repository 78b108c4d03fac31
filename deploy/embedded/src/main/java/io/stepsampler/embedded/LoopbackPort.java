package io.stepsampler.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
public final class LoopbackPort {

    private LoopbackPort() {}

    /** A port that nobody listens on. Another process may take it before the caller does. */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The port itself, or a free one for 0. */
    static int orFree(int port) throws IOException {
        return port == 0 ? free() : port;
    }
}
