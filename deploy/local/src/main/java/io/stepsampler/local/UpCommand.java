package io.stepsampler.local;

import io.stepsampler.embedded.FolderInUse;
import io.stepsampler.local.stack.Installation;
import io.stepsampler.local.stack.Stack;
import io.stepsampler.local.stack.StackFailure;
import io.stepsampler.local.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Runs the whole service on this machine until it is stopped.")
final class UpCommand implements Callable<Integer> {

    @Option(names = "--workers", paramLabel = "N", description = "trial workers (default: ${DEFAULT-VALUE})")
    private int workers = StackOptions.defaultWorkers();

    @Option(names = "--threads", paramLabel = "T", description = "threads of each trial (default: ${DEFAULT-VALUE})")
    private int threads = StackOptions.DEFAULT_THREADS;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "port of the coordinator, 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port = 8470;

    @Option(names = "--data", paramLabel = "DIR", description = "folder of data and logs (default: ~/.stepsampler)")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException, InterruptedException, StackFailure {
        StackOptions options = options();
        new UpVariables(System.getenv()).check();
        ProgramEnd programEnd = new ProgramEnd();
        Stack stack = take(options);
        programEnd.add(() -> stop(stack));
        System.err.println("starting Kafka, Postgres, coordinator, analyzer and " + workers + " trial worker"
                + (workers == 1 ? "" : "s") + " in " + options.folder());
        URI url = stack.start(Installation.current()).url();
        System.err.println("ready at " + url + ", its API key in "
                + options.folder().resolve("connection.json") + "; stop with Ctrl-C");
        throw stack.failure().join();
    }

    private static void stop(Stack stack) throws IOException, InterruptedException {
        boolean running = stack.isRunning();
        if (running) {
            System.err.println("stopping; searches that have not ended go on at the next start");
        }
        stack.stop();
        if (running) {
            System.err.println("stopped");
        }
    }

    private StackOptions options() {
        try {
            return new StackOptions(data == null ? StackOptions.defaultFolder() : data, port, workers, threads);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(String.valueOf(e.getMessage()));
        }
    }

    private static Stack take(StackOptions options) throws IOException {
        try {
            return Stack.in(options);
        } catch (FolderInUse e) {
            throw Complaint.failed("a stack runs already: " + e.getMessage());
        }
    }
}
