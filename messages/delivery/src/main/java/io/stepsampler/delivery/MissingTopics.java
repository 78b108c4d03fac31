package io.stepsampler.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Topics that the broker did not know a short while ago: to ask for one again would hold up all other messages. */
public final class MissingTopics {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final Map<String, Long> missingSinceNanos = new ConcurrentHashMap<>();

    public MissingTopics() {
        this(System::nanoTime);
    }

    MissingTopics(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void add(String topic) {
        missingSinceNanos.put(topic, nanoTime.getAsLong());
    }

    /** Whether it is too early to ask for it again. */
    public boolean has(String topic) {
        Long since = missingSinceNanos.get(topic);
        return since != null && nanoTime.getAsLong() - since < PAUSE.toNanos();
    }
}
