package io.stepsampler.local.stack;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class and ends the process when its parent is gone, even by SIGKILL: the end of standard input
 * tells. Needs no other class, because it is put on the class path of each service.
 */
public final class ChildMain {

    private static final long GRACE_SECONDS = 15;

    private ChildMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        startDaemon("parent-watch", ChildMain::endWithParent);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // what the parent writes has no meaning: only its end has
            }
        } catch (IOException e) {
            System.err.println("standard input cannot be read, so the parent is taken for gone: " + e);
        }
        startDaemon("forced-end", ChildMain::haltAfterGrace);
        System.exit(0);
    }

    private static void haltAfterGrace() {
        try {
            TimeUnit.SECONDS.sleep(GRACE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void startDaemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
