package io.stepsampler.coordinator.sending;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.DeliveryQueue;
import io.stepsampler.coordinator.storage.DueDelivery;
import io.stepsampler.coordinator.storage.WebhookStore;
import io.stepsampler.coordinator.webhooks.Answer;
import io.stepsampler.coordinator.webhooks.RetrySchedule;
import io.stepsampler.coordinator.webhooks.SignedHeaders;
import io.stepsampler.coordinator.webhooks.Verdict;
import io.stepsampler.delivery.Patience;
import io.stepsampler.messages.CloudEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, some at once and one of each webhook, on threads of its own: slow receivers hold up nothing else,
 * and other webhooks only while so many are slow as are sent to at once. No transaction is open while a request is under
 * way.
 */
@ApplicationScoped
class WebhookSender {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 32;
    private static final long STOP_LIMIT_SECONDS = 5;

    /** Longer than a look-up, a request of the longest time-out and its record last together. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    private final Jdbi database;
    private final ReceiverAddresses addresses;
    private final WebhookRequests requests;
    private final RetrySchedule schedule;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> new Thread(work, "webhook-sender"));
    private volatile boolean stopping;

    WebhookSender(Jdbi database, ReceiverAddresses addresses, WebhookRequests requests, RetrySchedule schedule) {
        this.database = database;
        this.addresses = addresses;
        this.requests = requests;
        this.schedule = schedule;
    }

    @Scheduled(
            identity = "webhook-sender",
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sendWhatIsDue() {
        int places = room.drainPermits();
        List<DueDelivery> claimed = List.of();
        try {
            if (places > 0 && !stopping) {
                claimed = database.inTransaction(transaction -> DeliveryQueue.claim(transaction, places, HOLD));
            }
        } finally {
            room.release(places - claimed.size());
        }
        claimed.forEach(due -> threads.execute(() -> sendAndGoOn(due)));
    }

    /** What was claimed and is not sent when time is over is sent again, after the hold, by whoever is there then. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        threads.shutdown();
        if (!threads.awaitTermination(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    private void sendAndGoOn(DueDelivery due) {
        try {
            Answer answer = answer(due);
            Verdict verdict = schedule.verdict(
                    answer, due.attempts() + 1, ThreadLocalRandom.current().nextDouble());
            Patience.untilDone(
                    "the record of a delivery",
                    () -> database.useTransaction(transaction -> record(transaction, due, answer, verdict)));
        } catch (InterruptedException e) {
            LOG.debug("delivery {} of webhook {} is left to others", due.deliveryId(), due.webhookId());
        } finally {
            room.release();
        }
        goOn();
    }

    private void goOn() {
        try {
            sendWhatIsDue();
        } catch (RuntimeException e) {
            LOG.warn("webhooks wait for the next look: {}", e.toString());
        }
    }

    /** A bug counts as an attempt: it must not be met again without end. */
    private Answer answer(DueDelivery due) throws InterruptedException {
        try {
            return send(due);
        } catch (RuntimeException e) {
            LOG.error("delivery {} of webhook {} cannot be sent", due.deliveryId(), due.webhookId(), e);
            return new Answer.None("this service could not send it");
        }
    }

    private Answer send(DueDelivery due) throws InterruptedException {
        ReceiverAddresses.Found found = addresses.find(due.url().host(), due.attempts());
        if (found instanceof ReceiverAddresses.Found.Nowhere nowhere) {
            return new Answer.None(nowhere.reason());
        }
        Map<String, String> headers =
                new HashMap<>(SignedHeaders.of(due.secrets(), due.eventId(), Instant.now(), due.body()));
        headers.put("content-type", CloudEvent.CONTENT_TYPE);
        headers.put("user-agent", "stepsampler");
        return requests.post(due.url(), ((ReceiverAddresses.Found.At) found).address(), headers, due.body());
    }

    private static void record(Handle transaction, DueDelivery due, Answer answer, Verdict verdict) {
        if (verdict instanceof Verdict.Unwanted && WebhookStore.disable(transaction, due.webhookId())) {
            LOG.info("webhook {} is disabled: its receiver is gone", due.webhookId());
            AuditStore.add(
                    transaction,
                    new Caller("the receiver of a webhook", due.team(), Role.VIEWER),
                    due.team(),
                    "disable webhook",
                    due.webhookId() + " (" + due.url().origin() + ")");
        }
        DeliveryQueue.record(transaction, due, answer, verdict);
    }
}
