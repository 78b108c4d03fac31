package io.stepsampler.worker.messaging;

import io.stepsampler.worker.isolation.TrialProcess;
import io.stepsampler.worker.training.Trials;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The trials that a worker runs at once. PyTorch's random state belongs to the process, so several slots have a process
 * each; one alone runs in the worker's own.
 */
final class Slots {

    private final List<ProbeLoop> loops;
    private final List<TrialProcess> processes;

    private Slots(List<ProbeLoop> loops, List<TrialProcess> processes) {
        this.loops = List.copyOf(loops);
        this.processes = List.copyOf(processes);
    }

    static Slots of(WorkerSettings settings, Trials trials, CancelledSearches cancelled, Announcements announcements) {
        List<ProbeLoop> loops = new ArrayList<>();
        List<TrialProcess> processes = new ArrayList<>();
        for (int slot = 1; slot <= settings.slots; slot++) {
            TrialProcess process = new TrialProcess(settings.trials, trials);
            TrialThread thread = settings.slots == 1
                    ? TrialThread.inThisProcess(trials, trials, process, settings.trialLimit)
                    : TrialThread.inProcess(trials, process, settings.trialLimit);
            String name = settings.slots == 1 ? settings.workerId : settings.workerId + "-" + slot;
            ProbeHandler handler = new ProbeHandler(name, thread, cancelled, announcements, Clock.systemUTC());
            processes.add(process);
            loops.add(new ProbeLoop(settings, name, handler));
        }
        return new Slots(loops, processes);
    }

    /** Until all are told to stop, or one of them ends otherwise. */
    ProbeLoop.Ending run() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(loops.size(), work -> {
            Thread thread = new Thread(work, "probes");
            thread.setDaemon(true);
            return thread;
        });
        ExecutorCompletionService<ProbeLoop.Ending> endings = new ExecutorCompletionService<>(threads);
        loops.forEach(loop -> endings.submit(loop::run));
        threads.shutdown();
        for (int ended = 0; ended < loops.size(); ended++) {
            ProbeLoop.Ending ending = endings.take().get();
            if (ending != ProbeLoop.Ending.STOPPED) {
                // the children end with this process; ended here, they would be taken for crashes
                return ending;
            }
        }
        processes.forEach(TrialProcess::close);
        return ProbeLoop.Ending.STOPPED;
    }

    void stop() {
        loops.forEach(ProbeLoop::stop);
    }

    boolean haveJoined() {
        return loops.stream().allMatch(ProbeLoop::hasJoined);
    }
}
