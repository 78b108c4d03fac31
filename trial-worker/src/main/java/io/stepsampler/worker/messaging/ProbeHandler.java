package io.stepsampler.worker.messaging;

import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.worker.messaging.TrialThread.Ending;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Runs the trial that a probe asks for, and tells of it before the probe is given up. */
final class ProbeHandler {

    private static final Logger LOG = Logger.getLogger(ProbeHandler.class);

    /** A delivery count says interrupted, not guilty; from here on the trial is watched from outside. */
    private static final short SUSPECT_DELIVERIES = 3;

    private final String workerId;
    private final TrialThread trialThread;
    private final CancelledSearches cancelled;
    private final Announcements announcements;
    private final Clock clock;

    ProbeHandler(
            String workerId,
            TrialThread trialThread,
            CancelledSearches cancelled,
            Announcements announcements,
            Clock clock) {
        this.workerId = workerId;
        this.trialThread = trialThread;
        this.cancelled = cancelled;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** What is to become of a probe's record. */
    enum Verdict {
        ACCEPT,
        RELEASE,
        /** The trial's thread will not come back: accept, then end this process. */
        ACCEPT_AND_END,
        /** The device is lost: another worker must take the probe, and this process ends. */
        RELEASE_AND_END
    }

    Verdict handle(ConsumerRecord<byte[], byte[]> message) throws InterruptedException {
        Probe probe;
        try {
            probe = MessageJson.read(message.value() == null ? new byte[0] : message.value(), Probe.class);
        } catch (UnreadableMessage e) {
            announcements.publishUnreadable(message, String.valueOf(e.getMessage()));
            return Verdict.ACCEPT;
        }
        if (cancelled.contains(probe.searchId())) {
            return Verdict.ACCEPT;
        }
        announcements.publish(
                new TrialEvent.Started(probe.probeId(), probe.searchId(), probe.attempt(), workerId, clock.instant()));
        boolean suspect = probe.suspect() || message.deliveryCount().orElse((short) 1) >= SUSPECT_DELIVERIES;
        Cancellation cancellation = cancelled.begin(probe.searchId());
        try {
            Ending ending =
                    suspect ? trialThread.runIsolated(probe, cancellation) : trialThread.run(probe, cancellation);
            return conclude(probe, ending);
        } finally {
            cancelled.end(cancellation);
        }
    }

    private Verdict conclude(Probe probe, Ending ending) throws InterruptedException {
        if (ending instanceof Ending.Finished finished) {
            publish(probe, finished.result());
            return Verdict.ACCEPT;
        }
        if (ending instanceof Ending.Overdue overdue) {
            publish(probe, overdue.result());
            return Verdict.ACCEPT_AND_END;
        }
        if (ending instanceof Ending.Lost lost) {
            LOG.error("A trial lost the device", lost.reason());
            return Verdict.RELEASE_AND_END;
        }
        return cancelled.contains(probe.searchId()) ? Verdict.ACCEPT : Verdict.RELEASE;
    }

    private void publish(Probe probe, TrialResult result) throws InterruptedException {
        announcements.publish(new TrialEvent.Finished(
                probe.probeId(),
                probe.searchId(),
                probe.attempt(),
                workerId,
                clock.instant(),
                OutcomeSize.bounded(result.outcome()),
                result.cost(),
                result.conditions(),
                MeasurementKey.of(probe),
                result.reusedFrom()));
        LOG.infof("Probe %s of search %s: %s", probe.probeId(), probe.searchId(), brief(result));
    }

    private static String brief(TrialResult result) {
        return result.outcome().getClass().getSimpleName() + " after "
                + result.cost().deviceSeconds() + " s"
                + (result.reusedFrom() == null
                        ? ""
                        : ", as in search " + result.reusedFrom().searchId());
    }
}
