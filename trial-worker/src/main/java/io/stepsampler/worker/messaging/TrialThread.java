package io.stepsampler.worker.messaging;

import io.stepsampler.messages.Model;
import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.DeviceLost;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialRunner;
import io.stepsampler.worker.training.Trials;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Runs trials on a thread of their own, because native code cannot be interrupted: who waits must be able to leave. */
final class TrialThread {

    private static final Logger LOG = Logger.getLogger(TrialThread.class);

    private final Trials trials;
    private final TrialRunner usual;
    private final TrialProcess process;
    private final Duration limit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "trial");
        created.setDaemon(true);
        return created;
    });

    private TrialThread(Trials trials, TrialRunner usual, TrialProcess process, Duration limit) {
        this.trials = trials;
        this.usual = usual;
        this.process = process;
        this.limit = limit;
    }

    /** Trials run in this process; suspect ones in the other. */
    static TrialThread inThisProcess(Trials trials, TrialRunner usual, TrialProcess process, Duration limit) {
        return new TrialThread(trials, usual, process, limit);
    }

    /** Trials that train run in the other process, which stays; beside it others do, each with a random state of its own. */
    static TrialThread inProcess(Trials trials, TrialProcess process, Duration limit) {
        return new TrialThread(trials, process, process, limit);
    }

    /** How a trial left its thread. */
    sealed interface Ending {

        record Finished(TrialResult result) implements Ending {}

        /** It was told to stop. */
        record Stopped() implements Ending {}

        /** The limit has passed; the thread is still busy, and this process can run no other trial. */
        record Overdue(TrialResult result) implements Ending {}

        /** This process can run no other trial, and the probe is not to blame. */
        record Lost(DeviceLost reason) implements Ending {}
    }

    Ending run(Probe probe, Cancellation cancellation) throws InterruptedException {
        // a replay has no random state that it could share with others, and needs no process of its own
        TrialRunner runner = usual == process && probe.model() instanceof Model.Replay ? trials : usual;
        return await(() -> runner.run(probe, cancellation), cancellation, runner == process);
    }

    Ending runIsolated(Probe probe, Cancellation cancellation) throws InterruptedException {
        return await(() -> runAlone(probe, cancellation), cancellation, /* endsOnRequest= */ true);
    }

    /** In a process that no other trial has touched. */
    private Optional<TrialResult> runAlone(Probe probe, Cancellation cancellation) throws Exception {
        process.close();
        try {
            return process.run(probe, cancellation);
        } catch (DeviceLost e) {
            // nothing else has run in that process: it is this probe that loses devices
            return Optional.of(
                    failure(Code.CRASHED, "the trial alone in its process loses the device: " + e.getMessage()));
        } finally {
            process.close();
        }
    }

    private Ending await(Callable<Optional<TrialResult>> trial, Cancellation cancellation, boolean endsOnRequest)
            throws InterruptedException {
        Future<Optional<TrialResult>> running = thread.submit(trial);
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .<Ending>map(Ending.Finished::new)
                    .orElseGet(Ending.Stopped::new);
        } catch (TimeoutException e) {
            cancellation.request();
            TrialResult late = failure(Code.DEADLINE, "the trial took longer than its limit of " + limit);
            return endsOnRequest ? new Ending.Finished(late) : new Ending.Overdue(late);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DeviceLost lost) {
                return new Ending.Lost(lost);
            }
            LOG.error("A trial ended with an error of the worker", e.getCause());
            return new Ending.Finished(failure(Code.CRASHED, "the worker failed: " + e.getCause()));
        }
    }

    private TrialResult failure(Code code, String text) {
        return trials.failure(new Failed(code, null, null, text), code == Code.DEADLINE ? limit.toMillis() / 1e3 : 0);
    }
}
