package io.stepsampler.analyzer.messaging;

import io.quarkus.runtime.StartupEvent;
import io.stepsampler.delivery.TopicCreation;
import io.stepsampler.messages.TopicNames;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;

/** Creates this service's topics before its channels start. */
@ApplicationScoped
class Topics {

    void create(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event,
            TopicCreation creation,
            TopicNames topics)
            throws InterruptedException {
        creation.ensure(List.of(topics.searches(), topics.trials(), topics.curves(), topics.deadLetters()));
    }
}
