package io.stepsampler.worker.messaging;

import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.TrialRunner;
import io.stepsampler.worker.training.Trials;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A worker in this process, which takes probes from when it is told to run until it is closed. */
final class RunningWorker {

    final WorkerTopics topics;
    final Trials trials;

    private final WorkerSettings settings;
    private final CancelledSearches cancelled;
    private final Announcements announcements;
    private Runnable stop = () -> {};
    private CompletableFuture<ProbeLoop.Ending> ending = CompletableFuture.completedFuture(ProbeLoop.Ending.STOPPED);

    RunningWorker(String bootstrapServers, WorkerSettings settings, CancelledSearches cancelled) throws Exception {
        this.settings = settings;
        this.cancelled = cancelled;
        topics = new WorkerTopics(bootstrapServers, settings.topics);
        new ProbeGroup(settings).prepare();
        announcements = new Announcements(settings);
        trials = Trials.start(settings.trials);
    }

    ProbeLoop run(TrialRunner usual) {
        TrialThread thread = TrialThread.inThisProcess(
                trials, usual, new TrialProcess(settings.trials, trials), settings.trialLimit);
        ProbeLoop loop = new ProbeLoop(
                settings,
                settings.workerId,
                new ProbeHandler(settings.workerId, thread, cancelled, announcements, Clock.systemUTC()));
        stop = loop::stop;
        ending = onThread(loop::run);
        return loop;
    }

    Slots runSlots() {
        Slots slots = Slots.of(settings, trials, cancelled, announcements);
        stop = slots::stop;
        ending = onThread(slots::run);
        return slots;
    }

    /** Of what was told to run last. */
    CompletableFuture<ProbeLoop.Ending> ending() {
        return ending;
    }

    void close() throws Exception {
        stop.run();
        cancelled.stopRunning();
        var unused = ending.get(30, TimeUnit.SECONDS);
        trials.close();
        announcements.close();
    }

    private static CompletableFuture<ProbeLoop.Ending> onThread(Callable<ProbeLoop.Ending> work) {
        CompletableFuture<ProbeLoop.Ending> ending = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        ending.complete(work.call());
                    } catch (Exception e) {
                        ending.completeExceptionally(e);
                    }
                })
                .start();
        return ending;
    }
}
