package io.stepsampler.local.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child process that is started again when it dies, until it is stopped or dies too often. A service whose first start
 * fails is not: what it needs is ready by then, and its settings will be the same.
 */
final class SupervisedChild {

    /**
     * A Ctrl-C in a terminal, or a signal to the group, reaches every process of it; but only the launcher knows in which
     * order they must end.
     */
    private static final String OUT_OF_THE_GROUP =
            "trap '' INT; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private static final long POLL_MILLIS = 100;

    private final ChildSpecification specification;
    private final Consumer<StackFailure> onGivingUp;
    private final RestartLimit restartLimit = new RestartLimit();
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Thread supervision;

    private @Nullable Process process;
    private boolean ending;

    SupervisedChild(ChildSpecification specification, Consumer<StackFailure> onGivingUp) {
        this.specification = specification;
        this.onGivingUp = onGivingUp;
        this.supervision = daemon("supervision", this::supervise);
    }

    ChildSpecification specification() {
        return specification;
    }

    /** Completes when the child is ready for the first time, with what it said. */
    CompletableFuture<String> ready() {
        return ready;
    }

    void start() {
        supervision.start();
    }

    /** Asks the child to end; {@link #awaitEnd} waits for it. */
    synchronized void requestEnd() {
        ending = true;
        supervision.interrupt();
        if (process != null) {
            process.destroy();
        }
    }

    synchronized void awaitEnd(Duration patience) throws InterruptedException {
        if (process != null && !process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    private void supervise() {
        try {
            for (Optional<Process> started = launchUnlessEnding();
                    started.isPresent();
                    started = launchUnlessEnding()) {
                Process running = started.get();
                daemon("ready", () -> watchReadySign(running)).start();
                int exitStatus = running.waitFor();
                if (specification.readySign() instanceof ReadySign.Health && !ready.isDone()) {
                    onGivingUp.accept(StackFailure.ofStart(specification.name(), exitStatus, specification.log()));
                    return;
                }
                Optional<Duration> delay = restartLimit.afterDeath(Instant.now());
                if (delay.isEmpty()) {
                    onGivingUp.accept(tooManyDeaths(exitStatus));
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(delay.get().toMillis());
            }
        } catch (IOException e) {
            onGivingUp.accept(new StackFailure(specification.name() + " cannot be started: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Process> launchUnlessEnding() throws IOException {
        if (ending) {
            return Optional.empty();
        }
        process = launch();
        return Optional.of(process);
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", OUT_OF_THE_GROUP, "sh"));
        command.addAll(specification.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(specification.environment());
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(specification.log().toFile());
        builder.redirectError(log);
        if (specification.readySign() instanceof ReadySign.Health) {
            builder.redirectOutput(log);
        }
        return builder.start();
    }

    private void watchReadySign(Process running) {
        if (specification.readySign() instanceof ReadySign.Health health) {
            awaitHealth(running, health);
        } else {
            readOutput(running);
        }
    }

    private void awaitHealth(Process running, ReadySign.Health health) {
        try {
            while (running.isAlive()) {
                if (Health.isReady(health.address())) {
                    ready.complete(health.address().toString());
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOutput(Process running) {
        try (BufferedReader output = running.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("READY ")) {
                    ready.complete(line);
                } else {
                    append(line);
                }
            }
        } catch (IOException e) {
            if (!isEnding()) {
                append("its output can no longer be read: " + e.getMessage());
            }
        }
    }

    /** A log that cannot be written, as on a full disk, must not keep the child's output from being read. */
    private void append(String line) {
        try {
            Files.writeString(
                    specification.log(),
                    line + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            System.err.println(specification.name() + ": " + line + " (not in its log: " + e.getMessage() + ")");
        }
    }

    private StackFailure tooManyDeaths(int exitStatus) {
        return StackFailure.ofChild(
                "%s ended %d times within %d s, last with exit status %d."
                        .formatted(
                                specification.name(),
                                RestartLimit.RESTARTS + 1,
                                RestartLimit.WINDOW.toSeconds(),
                                exitStatus),
                specification.log());
    }

    private Thread daemon(String role, Runnable body) {
        Thread thread = new Thread(body, specification.name() + "-" + role);
        thread.setDaemon(true);
        return thread;
    }
}
