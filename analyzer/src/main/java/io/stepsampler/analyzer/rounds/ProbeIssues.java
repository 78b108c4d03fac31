package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.FormerTrialStore;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.messages.json.MeasurementKey;
import io.stepsampler.method.KnownDigests;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;

/** Makes the messages with probes for the workers, each with the trials that may have answered it before. */
@Singleton
public final class ProbeIssues {

    private final TopicNames topics;
    private final Duration reusedFor;

    /** @param reusedFor how long an outcome may be taken over */
    public ProbeIssues(TopicNames topics, @ConfigProperty(name = "stepsampler.reuse.max-age") Duration reusedFor) {
        this.topics = topics;
        this.reusedFor = reusedFor;
    }

    /** @param others what the search has asked for so far */
    OutgoingMessage message(
            Handle transaction, Search search, PlannedProbe planned, Probe probe, List<StoredProbe> others) {
        Probe sent = search.specification().search().reuse()
                ? ProbeMessages.knowing(
                        probe,
                        FormerTrialStore.find(transaction, MeasurementKey.of(probe), known(planned, others), reusedFor))
                : probe;
        return OutgoingMessage.json(topics.probes(sent.pool()), sent.probeId(), sent);
    }

    private static KnownDigests known(PlannedProbe planned, List<StoredProbe> others) {
        return others.stream()
                .flatMap(other -> Stream.ofNullable(other.finished())
                        .map(finished -> KnownDigests.of(planned, other.probe(), finished.conditions())))
                .filter(KnownDigests::tellsCheckpoint)
                .max(Comparator.comparing(KnownDigests::tellsBatches))
                .orElse(KnownDigests.NONE);
    }
}
