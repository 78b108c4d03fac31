package io.stepsampler.worker.messaging;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.stepsampler.worker.messaging.ProbeGroup.UnsuitableKafka;
import io.stepsampler.worker.training.Trials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Begins and ends with the application: PyTorch loads while the share group is prepared, then probes are taken. */
@ApplicationScoped
class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(30);

    private final WorkerSettings settings;
    private final CancelledSearches cancelled;
    private final Announcements announcements;
    private final Thread thread = new Thread(this::run, "probes");
    private volatile @Nullable Slots slots;
    private volatile boolean stopping;

    Worker(WorkerSettings settings, CancelledSearches cancelled, Announcements announcements) {
        this.settings = settings;
        this.cancelled = cancelled;
        this.announcements = announcements;
    }

    void start(@Observes StartupEvent event) {
        thread.setDaemon(true);
        thread.start();
    }

    /** A probe in hand goes back to the queue, where another worker finds it. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        Slots running = slots;
        if (running != null) {
            running.stop();
        }
        cancelled.stopRunning();
        thread.join(TIME_TO_STOP.toMillis());
    }

    boolean hasJoined() {
        Slots running = slots;
        return running != null && running.haveJoined();
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private void run() {
        try {
            ProbeLoop.Ending ending = consume();
            if (ending == ProbeLoop.Ending.OVERDUE) {
                LOG.error("A trial has passed its limit and cannot be interrupted; this worker ends");
                Runtime.getRuntime().halt(ExitCode.OVERDUE);
            }
            if (ending == ProbeLoop.Ending.DEVICE_LOST) {
                LOG.error("The device answers no more in this process; this worker ends");
                Runtime.getRuntime().halt(ExitCode.DEVICE_LOST);
            }
        } catch (UnsuitableKafka e) {
            LOG.error(e.getMessage());
            Runtime.getRuntime().halt(ExitCode.UNSUITABLE_KAFKA);
        } catch (ExecutionException | RuntimeException | Error e) {
            LOG.error("The worker cannot go on", e);
            Runtime.getRuntime().halt(ExitCode.BROKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The trials are not closed: one that is stuck would hold that up, and the process ends with them. */
    private ProbeLoop.Ending consume() throws InterruptedException, ExecutionException, UnsuitableKafka {
        FutureTask<Trials> loading = new FutureTask<>(() -> Trials.start(settings.trials));
        new Thread(loading, "pytorch").start();
        prepareGroup();
        Trials trials = loading.get();
        Slots created = Slots.of(settings, trials, cancelled, announcements);
        slots = created;
        try (Heartbeat heartbeat = Heartbeat.start(settings, trials.device(), cancelled, announcements)) {
            LOG.infof("Worker %s takes probes of pool %s on %s", settings.workerId, settings.pool, heartbeat.device());
            return stopping ? ProbeLoop.Ending.STOPPED : created.run();
        }
    }

    /** Kafka may come up after the worker. */
    private void prepareGroup() throws InterruptedException, ExecutionException, UnsuitableKafka {
        while (!stopping) {
            try {
                new ProbeGroup(settings).prepare();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                LOG.warnf("Kafka at %s does not answer yet: %s", settings.bootstrapServers, e.getCause());
            }
        }
    }
}
