package io.stepsampler.worker.messaging;

import io.stepsampler.worker.training.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which searches nobody waits for any more, and the trial that runs now. */
@ApplicationScoped
class CancelledSearches {

    /** Far more than can have probes in the queue; the oldest is forgotten first. */
    private static final int REMEMBERED = 10_000;

    private final Set<UUID> cancelled = new LinkedHashSet<>();
    private @Nullable Running running;

    private record Running(UUID searchId, Cancellation cancellation) {}

    synchronized void cancel(UUID searchId) {
        if (cancelled.size() >= REMEMBERED) {
            cancelled.remove(cancelled.iterator().next());
        }
        cancelled.add(searchId);
        if (running != null && running.searchId().equals(searchId)) {
            running.cancellation().request();
        }
    }

    synchronized boolean contains(UUID searchId) {
        return cancelled.contains(searchId);
    }

    /** The cancellation of a trial that begins. */
    synchronized Cancellation begin(UUID searchId) {
        Cancellation cancellation = new Cancellation();
        running = new Running(searchId, cancellation);
        if (cancelled.contains(searchId)) {
            cancellation.request();
        }
        return cancellation;
    }

    synchronized void end() {
        running = null;
    }

    synchronized boolean isBusy() {
        return running != null;
    }

    /** Stops the trial that runs, without blaming its search. */
    synchronized void stopRunning() {
        if (running != null) {
            running.cancellation().request();
        }
    }
}
