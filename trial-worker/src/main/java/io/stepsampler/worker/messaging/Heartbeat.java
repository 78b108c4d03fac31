package io.stepsampler.worker.messaging;

import io.stepsampler.messages.WorkerState;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says every two seconds that the worker is alive. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final int INTERVAL_SECONDS = 2;

    private final WorkerSettings settings;
    private final String device;
    private final CancelledSearches trials;
    private final Announcements announcements;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    private Heartbeat(WorkerSettings settings, String device, CancelledSearches trials, Announcements announcements) {
        this.settings = settings;
        this.device = device;
        this.trials = trials;
        this.announcements = announcements;
    }

    static Heartbeat start(
            WorkerSettings settings, String device, CancelledSearches trials, Announcements announcements) {
        Heartbeat heartbeat = new Heartbeat(settings, device, trials, announcements);
        var unused = heartbeat.timer.scheduleAtFixedRate(heartbeat::beat, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return heartbeat;
    }

    String device() {
        return device;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A beat that fails must not be the last. */
    private void beat() {
        try {
            announcements.publish(new WorkerState(
                    settings.workerId,
                    settings.pool,
                    settings.slots,
                    trials.busy(),
                    device,
                    settings.version,
                    Instant.now()));
        } catch (RuntimeException e) {
            LOG.warn("A heartbeat could not be sent", e);
        }
    }
}
