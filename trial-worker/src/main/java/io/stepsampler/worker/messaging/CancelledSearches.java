package io.stepsampler.worker.messaging;

import io.stepsampler.worker.training.Cancellation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Which searches nobody waits for any more, and the trials that run now. */
@ApplicationScoped
class CancelledSearches {

    /** Far more than can have probes in the queue; the oldest is forgotten first. */
    private static final int REMEMBERED = 10_000;

    private final Set<UUID> cancelled = new LinkedHashSet<>();
    private final Map<Cancellation, UUID> running = new HashMap<>();

    synchronized void cancel(UUID searchId) {
        if (cancelled.size() >= REMEMBERED) {
            cancelled.remove(cancelled.iterator().next());
        }
        cancelled.add(searchId);
        running.forEach((cancellation, runningSearch) -> {
            if (runningSearch.equals(searchId)) {
                cancellation.request();
            }
        });
    }

    synchronized boolean contains(UUID searchId) {
        return cancelled.contains(searchId);
    }

    /** The cancellation of a trial that begins. */
    synchronized Cancellation begin(UUID searchId) {
        Cancellation cancellation = new Cancellation();
        running.put(cancellation, searchId);
        if (cancelled.contains(searchId)) {
            cancellation.request();
        }
        return cancellation;
    }

    synchronized void end(Cancellation cancellation) {
        running.remove(cancellation);
    }

    /** How many trials run. */
    synchronized int busy() {
        return running.size();
    }

    /** Stops the trials that run, without blaming their searches. */
    synchronized void stopRunning() {
        running.keySet().forEach(Cancellation::request);
    }
}
