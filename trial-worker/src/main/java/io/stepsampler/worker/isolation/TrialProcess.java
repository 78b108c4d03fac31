package io.stepsampler.worker.isolation;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.worker.isolation.IsolatedTrial.TrialRequest;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a trial in a child process, so that what kills it does not kill the worker. */
public final class TrialProcess {

    private static final int LOOK_MILLIS = 100;

    private final TrialSettings settings;
    private final Trials trials;

    private final List<String> command;

    public TrialProcess(TrialSettings settings, Trials trials) {
        this(settings, trials, ownProgram());
    }

    TrialProcess(TrialSettings settings, Trials trials, List<String> command) {
        this.command = List.copyOf(command);
        this.settings = settings;
        this.trials = trials;
    }

    /** Empty when the trial was told to stop. */
    public Optional<TrialResult> run(Probe probe, Cancellation cancellation) throws IOException, InterruptedException {
        long startedNanos = System.nanoTime();
        Path resultFile = Files.createTempFile("trial", ".json");
        Process child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            send(new TrialRequest(probe, settings, resultFile.toString()), child);
            while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (cancellation.isRequested()) {
                    return Optional.empty();
                }
            }
            double deviceSeconds = (System.nanoTime() - startedNanos) / 1e9;
            return Optional.of(result(child.exitValue(), resultFile, deviceSeconds));
        } finally {
            child.destroyForcibly().waitFor();
            Files.deleteIfExists(resultFile);
        }
    }

    /**
     * Leaves the child's standard input open: its end tells the child that this process is gone. A child that dies before
     * it has read all is judged by its exit status, not by the broken pipe.
     */
    private static void send(TrialRequest request, Process child) throws IOException {
        byte[] message = MessageJson.write(request);
        try {
            DataOutputStream input = new DataOutputStream(child.getOutputStream());
            input.writeInt(message.length);
            input.write(message);
            input.flush();
        } catch (IOException e) {
            if (child.isAlive()) {
                throw e;
            }
        }
    }

    /** A child that signal n ended has the exit status 128 + n. */
    private TrialResult result(int exitStatus, Path resultFile, double deviceSeconds) throws IOException {
        if (exitStatus == 0) {
            try {
                return MessageJson.read(Files.readAllBytes(resultFile), TrialResult.class);
            } catch (UnreadableMessage e) {
                throw new IOException("the trial's process left an unreadable result", e);
            }
        }
        return trials.failure(
                new Failed(Code.CRASHED, null, null, "the trial's own process ended with exit status " + exitStatus),
                deviceSeconds);
    }

    private static List<String> ownProgram() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-Xm") || argument.startsWith("-XX:Max"))
                .forEach(command::add);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.add("-cp");
        command.add(classPath(System.getProperty("java.class.path")));
        command.add(IsolatedTrial.class.getName());
        return command;
    }

    /** The packaged application's class path is one jar that only its own loader understands. */
    static String classPath(String own) {
        if (!own.endsWith("quarkus-run.jar")) {
            return own;
        }
        Path application = Path.of(own).toAbsolutePath().getParent();
        return String.join(
                File.pathSeparator, application + "/app/*", application + "/lib/main/*", application + "/lib/boot/*");
    }
}
