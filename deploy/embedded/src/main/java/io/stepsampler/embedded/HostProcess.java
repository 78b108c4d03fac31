package io.stepsampler.embedded;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A process that hosts one server: it says READY on standard output and ends when its parent closes standard input. */
final class HostProcess {

    private HostProcess() {}

    /** What servers say below a warning fills a log without helping its reader. */
    static void logWarningsOnly() {
        Logger.getLogger("").setLevel(Level.WARNING);
    }

    /** Does not return. The server is closed on SIGTERM too. */
    static void serve(AutoCloseable server, String readyDetails) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeLoudly(server), "close-server"));
        System.out.println("READY " + readyDetails);
        System.out.flush();
        while (System.in.read() >= 0) {
            // what the parent writes has no meaning: only its end has
        }
        System.exit(0);
    }

    /** Ends the process, so that its parent starts another. */
    static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }

    private static void closeLoudly(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("the server did not close cleanly: " + e);
        }
    }
}
