package io.stepsampler.local;

import io.stepsampler.embedded.FolderInUse;
import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.local.stack.Installation;
import io.stepsampler.local.stack.Stack;
import io.stepsampler.local.stack.StackFailure;
import io.stepsampler.local.stack.StackOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the server for a search, and starts a stack for its time where none runs. */
final class RunningServer {

    private static final Duration PATIENCE_WITH_ANOTHER_START = Duration.ofMinutes(3);

    private final ProgramEnd programEnd;
    private @Nullable CoordinatorClient own;

    RunningServer(ProgramEnd programEnd) {
        this.programEnd = programEnd;
    }

    /** The default folder's stack; another command may be starting it, and then it is waited for. */
    CoordinatorClient local() throws IOException, InterruptedException, StackFailure {
        StackOptions options = new StackOptions(
                StackOptions.defaultFolder(), 0, StackOptions.defaultWorkers(), StackOptions.DEFAULT_THREADS);
        Instant deadline = Instant.now().plus(PATIENCE_WITH_ANOTHER_START);
        while (true) {
            Optional<Connection> running = ServerChoice.running(options.folder());
            if (running.isPresent()) {
                return CoordinatorClient.ofAnnounced(running.get(), new ConnectionFile(options.folder()));
            }
            try {
                CoordinatorClient started = new CoordinatorClient(start(options));
                own = started;
                return started;
            } catch (FolderInUse e) {
                if (Instant.now().isAfter(deadline)) {
                    throw Complaint.failed(e.getMessage() + ", but no stack answers there");
                }
                TimeUnit.MILLISECONDS.sleep(300);
            }
        }
    }

    /** Other commands may use the stack that this one started: it is not stopped below them. */
    void awaitOtherSearches() throws InterruptedException {
        if (own != null) {
            new OtherSearches(own).awaitEnd();
        }
    }

    private Connection start(StackOptions options) throws IOException, InterruptedException, StackFailure {
        new UpVariables(System.getenv()).check();
        Stack stack = Stack.in(options);
        programEnd.add(stack::stop);
        System.err.println("starting Kafka, Postgres and the services in " + options.folder());
        Instant begin = Instant.now();
        Connection connection = stack.start(Installation.current());
        endProgramWith(stack);
        System.err.printf(
                "ready after %.1f s%n", Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        return connection;
    }

    private void endProgramWith(Stack stack) {
        Thread watch = new Thread(
                () -> {
                    System.err.println(stack.failure().join().getMessage());
                    programEnd.fail();
                },
                "stack-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
