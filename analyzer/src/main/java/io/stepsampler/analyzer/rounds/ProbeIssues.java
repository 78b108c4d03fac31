package io.stepsampler.analyzer.rounds;

import io.stepsampler.analyzer.storage.FormerTrialStore;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.ProbeIssue;
import io.stepsampler.analyzer.storage.StoredProbe;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.TopicNames;
import io.stepsampler.method.KnownDigests;
import io.stepsampler.method.PlannedProbe;
import io.stepsampler.method.ProbeMessages;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Handle;

/** Sends probes to the workers, each with the trials that may have answered it before. */
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
    static ProbeIssue issue(PlannedProbe planned, Probe probe, List<StoredProbe> others) {
        return new ProbeIssue(probe, known(planned, others));
    }

    /** All that the searches have to send. */
    void send(Handle transaction, Collection<HeldSearch> searches) {
        List<ProbeIssue> reusing = searches.stream()
                .filter(search -> search.search().specification().search().reuse())
                .flatMap(search -> search.issues().stream())
                .toList();
        Map<ProbeIssue, List<FormerTrial>> former = FormerTrialStore.find(transaction, reusing, reusedFor);
        for (HeldSearch search : searches) {
            for (ProbeIssue issue : search.issues()) {
                Probe sent = ProbeMessages.knowing(issue.probe(), former.getOrDefault(issue, List.of()));
                search.send(OutgoingMessage.json(topics.probes(sent.pool()), sent.probeId(), sent));
            }
        }
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
