package io.stepsampler.analyzer.messaging;

import io.quarkus.runtime.StartupEvent;
import io.stepsampler.delivery.TopicCreation;
import io.stepsampler.messages.TopicNames;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Creates this service's topics before its channels start. */
@ApplicationScoped
class Topics {

    private final List<String> pools;

    Topics(@ConfigProperty(name = "stepsampler.pools") List<String> pools) {
        this.pools = List.copyOf(pools);
    }

    void create(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            TopicCreation creation,
            TopicNames names)
            throws InterruptedException {
        List<String> topics =
                new ArrayList<>(List.of(names.searches(), names.trials(), names.curves(), names.deadLetters()));
        pools.forEach(pool -> topics.add(names.probes(pool)));
        creation.ensure(topics);
    }
}
