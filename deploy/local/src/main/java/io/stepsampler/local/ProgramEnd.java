package io.stepsampler.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What must be done however the program ends, Ctrl-C and SIGTERM included: the latest first, one after the other. */
final class ProgramEnd {

    /** An action at the end; when it fails the others still run. */
    interface Action {
        void run() throws Exception;
    }

    private final Deque<Action> actions = new ArrayDeque<>();
    private volatile boolean failed;

    ProgramEnd() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::runAll, "program-end"));
    }

    synchronized void add(Action action) {
        actions.push(action);
    }

    /** Is not run where the program fails. */
    void addForUser(Action action) {
        add(() -> {
            if (!failed) {
                action.run();
            }
        });
    }

    /** Ends the program: to those who run at its end it would look as if its user had stopped it. */
    void fail() {
        failed = true;
        System.exit(ExitCodes.FAILED);
    }

    /** Runs what is still to be done, once. */
    void runAll() {
        for (Action action = next(); action != null; action = next()) {
            try {
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                System.err.println("while ending: " + e.getMessage());
            }
        }
    }

    private synchronized @Nullable Action next() {
        return actions.poll();
    }
}
