package io.stepsampler.worker.messaging;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
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
    private final TrialProcess process;
    private final Duration limit;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread created = new Thread(work, "trial");
        created.setDaemon(true);
        return created;
    });

    TrialThread(Trials trials, TrialProcess process, Duration limit) {
        this.trials = trials;
        this.process = process;
        this.limit = limit;
    }

    /** How a trial left its thread. */
    sealed interface Ending {

        record Finished(TrialResult result) implements Ending {}

        /** It was told to stop. */
        record Stopped() implements Ending {}

        /** The limit has passed; the thread is still busy, and this process can run no other trial. */
        record Overdue(TrialResult result) implements Ending {}
    }

    Ending run(Probe probe, Cancellation cancellation) throws InterruptedException {
        return await(() -> trials.run(probe, cancellation), cancellation);
    }

    Ending runIsolated(Probe probe, Cancellation cancellation) throws InterruptedException {
        return await(() -> process.run(probe, cancellation), cancellation);
    }

    private Ending await(Callable<Optional<TrialResult>> trial, Cancellation cancellation) throws InterruptedException {
        Future<Optional<TrialResult>> running = thread.submit(trial);
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .<Ending>map(Ending.Finished::new)
                    .orElseGet(Ending.Stopped::new);
        } catch (TimeoutException e) {
            cancellation.request();
            return new Ending.Overdue(failure(Code.DEADLINE, "the trial took longer than its limit of " + limit));
        } catch (ExecutionException e) {
            LOG.error("A trial ended with an error of the worker", e.getCause());
            return new Ending.Finished(failure(Code.CRASHED, "the worker failed: " + e.getCause()));
        }
    }

    private TrialResult failure(Code code, String text) {
        return trials.failure(new Failed(code, null, null, text), code == Code.DEADLINE ? limit.toMillis() / 1e3 : 0);
    }
}
