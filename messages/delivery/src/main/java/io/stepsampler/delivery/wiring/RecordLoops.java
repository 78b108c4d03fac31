package io.stepsampler.delivery.wiring;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.stepsampler.delivery.RecordLoop;
import io.stepsampler.messages.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The topics that this service reads in batches. */
@ApplicationScoped
public class RecordLoops {

    private final Map<String, Object> kafka;
    private final TopicNames names;
    private final Queue<RecordLoop> running = new ConcurrentLinkedQueue<>();

    RecordLoops(@Identifier("default-kafka-broker") Map<String, Object> kafka, TopicNames names) {
        this.kafka = kafka;
        this.names = names;
    }

    /**
     * @param group without the prefix that all names of this deployment have
     * @param gathering how long a record may wait for others to come with it; zero: not at all
     */
    public void start(String topic, String group, Duration gathering, RecordLoop.Handler handler) {
        RecordLoop loop = new RecordLoop(kafka, topic, names.group(group), gathering, handler);
        running.add(loop);
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        for (RecordLoop loop : running) {
            loop.stop();
        }
    }
}
