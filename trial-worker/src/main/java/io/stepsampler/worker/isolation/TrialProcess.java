package io.stepsampler.worker.isolation;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.DeviceLost;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialRunner;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs trials in a child process, so that what kills it does not kill the worker, and so that its random state is its
 * own. The child stays for the next trial; one that died or was stopped is started anew.
 */
public final class TrialProcess implements TrialRunner, AutoCloseable {

    private static final int LOOK_MILLIS = 100;

    private final TrialSettings settings;
    private final Trials trials;
    private final List<String> command;
    private @Nullable Child child;

    /** @param trials of this process, which know the conditions under which a trial fails */
    public TrialProcess(TrialSettings settings, Trials trials) {
        this(settings, trials, ChildProgram.command());
    }

    TrialProcess(TrialSettings settings, Trials trials, List<String> command) {
        this.command = List.copyOf(command);
        this.settings = settings;
        this.trials = trials;
    }

    private record Child(Process process, DataOutputStream probes, DataInputStream results) {

        boolean isAlive() {
            return process.isAlive();
        }
    }

    @Override
    public Optional<TrialResult> run(Probe probe, Cancellation cancellation) throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        Child known = child;
        Child running = known != null && known.isAlive() ? known : start();
        List<Record> messages = running.equals(known) ? List.of(probe) : List.of(settings, probe);
        CompletableFuture<TrialResult> result = new CompletableFuture<>();
        Thread exchange = new Thread(() -> exchange(running, messages, result), "trial-exchange");
        exchange.setDaemon(true);
        exchange.start();
        while (true) {
            try {
                return Optional.of(result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                if (cancellation.isRequested()) {
                    close();
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                return Optional.of(died(running, startedNanos));
            }
        }
    }

    /** Ends the child, whatever it does. */
    @Override
    public void close() {
        Child ending = child;
        child = null;
        if (ending != null) {
            ending.process().destroyForcibly().onExit().join();
        }
    }

    private Child start() throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Child started = new Child(
                process,
                new DataOutputStream(process.getOutputStream()),
                new DataInputStream(process.getInputStream()));
        child = started;
        return started;
    }

    /** A child that dies before it has read all is judged by its exit status, not by the broken pipe. */
    private static void exchange(Child running, List<Record> messages, CompletableFuture<TrialResult> result) {
        try {
            for (Record message : messages) {
                Frames.write(running.probes(), message);
            }
            result.complete(Frames.read(running.results(), TrialResult.class));
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    /** A child that signal n ended has the exit status 128 + n. */
    private TrialResult died(Child ended, long startedNanos) throws InterruptedException {
        if (!ended.process().waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            ended.process().destroyForcibly();
        }
        int exitStatus = ended.process().waitFor();
        child = null;
        if (exitStatus == TrialServer.DEVICE_LOST) {
            throw new DeviceLost("the trial's own process has lost it");
        }
        return trials.failure(
                new Failed(Code.CRASHED, null, null, "the trial's own process ended with exit status " + exitStatus),
                (System.nanoTime() - startedNanos) / 1e9);
    }
}
