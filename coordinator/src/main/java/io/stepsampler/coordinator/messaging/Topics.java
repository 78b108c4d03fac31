package io.stepsampler.coordinator.messaging;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.deployment.Deployment;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.delivery.TopicCreation;
import io.stepsampler.messages.TopicNames;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.HashSet;
import java.util.Set;

/** Creates this service's topics before its channels start, and those of teams and pools that come later. */
@ApplicationScoped
class Topics {

    private final KnownDeployment known;
    private final TopicCreation creation;
    private final TopicNames names;
    private final Set<String> created = new HashSet<>();

    Topics(KnownDeployment known, TopicCreation creation, TopicNames names) {
        this.known = known;
        this.creation = creation;
        this.names = names;
    }

    void create(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
            throws InterruptedException {
        ensure();
    }

    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    synchronized void ensure() throws InterruptedException {
        Set<String> missing = needed(known.current());
        missing.removeAll(created);
        if (!missing.isEmpty()) {
            creation.ensure(missing);
            created.addAll(missing);
        }
    }

    private Set<String> needed(Deployment deployment) {
        Set<String> topics = new HashSet<>();
        topics.add(names.searches());
        topics.add(names.trials());
        topics.add(names.curves());
        topics.add(names.workers());
        topics.add(names.deadLetters());
        for (String team : deployment.teamNames()) {
            topics.add(names.searchRequests(team));
            topics.add(names.findings(team));
        }
        deployment.poolNames().forEach(pool -> topics.add(names.probes(pool)));
        return topics;
    }
}
