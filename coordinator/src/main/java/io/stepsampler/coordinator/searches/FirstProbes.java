package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.storage.FormerTrialStore;
import io.stepsampler.coordinator.storage.FormerTrialStore.Wanted;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.TrialEvent;
import io.stepsampler.method.KnownDigests;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import io.stepsampler.method.Settings;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        Probe probe = ProbeMessages.firstIssue(search, baseline, List.of());
        send(transaction, search, List.of(new Wanted(probe, KnownDigests.NONE)));
    }

    /** Returns how many were sent. */
    int sendFirstRound(
            Handle transaction, Search search, Outcome baselineOutcome, TrialEvent.Conditions baselineConditions) {
        Settings settings = Settings.of(search.specification());
        PlannedProbe baseline = StepSampling.baseline(settings);
        List<Trial> history = List.of(new Trial(baseline, baselineOutcome));
        List<Wanted> round = StepSampling.firstRound(settings).stream()
                .map(planned -> new Wanted(
                        ProbeMessages.firstIssue(search, planned, history),
                        KnownDigests.of(planned, baseline, baselineConditions)))
                .toList();
        send(transaction, search, round);
        return round.size();
    }

    private void send(Handle transaction, Search search, List<Wanted> round) {
        Map<Wanted, List<FormerTrial>> former = search.specification().search().reuse()
                ? FormerTrialStore.find(transaction, round, reusedFor)
                : Map.of();
        Outbox.add(
                transaction,
                round.stream()
                        .map(wanted -> ProbeMessages.knowing(wanted.probe(), former.getOrDefault(wanted, List.of())))
                        .map(probe -> OutgoingMessage.json(topics.probes(probe.pool()), probe.probeId(), probe))
                        .toList());
    }
}
