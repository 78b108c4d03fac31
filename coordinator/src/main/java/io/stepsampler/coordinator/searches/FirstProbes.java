package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.FormerTrialStore;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.KnownDigests;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;

/** Sends a search's baseline and its first rates, each probe with the trials that may have answered it before. */
@Singleton
final class FirstProbes {

    private final TopicNames topics;
    private final Duration reusedFor;

    /** @param reusedFor how long an outcome may be taken over */
    FirstProbes(TopicNames topics, @ConfigProperty(name = "stepsampler.reuse.max-age") Duration reusedFor) {
        this.topics = topics;
        this.reusedFor = reusedFor;
    }

    void sendBaseline(Handle transaction, Search search) {
        PlannedProbe baseline = StepSampling.baseline(Settings.of(search.specification()));
        send(transaction, search, ProbeMessages.firstIssue(search, baseline, List.of()), KnownDigests.NONE);
    }

    /** Returns how many were sent. */
    int sendFirstRound(
            Handle transaction, Search search, Outcome baselineOutcome, TrialEvent.Conditions baselineConditions) {
        Settings settings = Settings.of(search.specification());
        PlannedProbe baseline = StepSampling.baseline(settings);
        List<Trial> history = List.of(new Trial(baseline, baselineOutcome));
        List<PlannedProbe> planned = StepSampling.firstRound(settings);
        planned.forEach(probe -> send(
                transaction,
                search,
                ProbeMessages.firstIssue(search, probe, history),
                KnownDigests.of(probe, baseline, baselineConditions)));
        return planned.size();
    }

    private void send(Handle transaction, Search search, Probe probe, KnownDigests known) {
        Probe sent = search.specification().search().reuse()
                ? ProbeMessages.knowing(
                        probe, FormerTrialStore.find(transaction, MeasurementKey.of(probe), known, reusedFor))
                : probe;
        Outbox.add(transaction, OutgoingMessage.json(topics.probes(sent.pool()), sent.probeId(), sent));
    }
}
