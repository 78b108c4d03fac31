package io.stepsampler.worker.messaging;

import io.stepsampler.messages.TopicNames;
import io.stepsampler.worker.training.TrialSettings;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** What the deployment sets, checked at start. */
@Singleton
class WorkerSettings {

    private static final Duration LONGEST_TRIAL = Duration.ofMinutes(55);

    private static final int MOST_SLOTS = 64;

    /** What a worker keeps after the limit to say that the trial has passed it. */
    private static final Duration TIME_TO_REPORT = Duration.ofMinutes(1);

    final String workerId = host() + "-" + UUID.randomUUID().toString().substring(0, 8);
    final String bootstrapServers;
    final String pool;
    final String version;
    final TopicNames topics;
    final int partitions;
    final short replication;
    final Duration trialLimit;

    /** How many trials run at once, each in a process of its own where there are several. */
    final int slots;

    final TrialSettings trials;

    WorkerSettings(Config config) {
        bootstrapServers = config.getValue("kafka.bootstrap.servers", String.class);
        pool = config.getValue("stepsampler.pool", String.class);
        version = config.getValue("quarkus.application.version", String.class);
        topics = new TopicNames(config.getOptionalValue("stepsampler.topic-prefix", String.class)
                .orElse(""));
        partitions = config.getValue("stepsampler.partitions", Integer.class);
        replication = config.getValue("stepsampler.replication", Short.class);
        trialLimit = trialLimit(config.getValue("stepsampler.trial-limit", Duration.class));
        slots = slots(config.getValue("stepsampler.slots", Integer.class));
        trials = TrialConfiguration.read(config);
    }

    /** The share group in which the workers of a pool take probes from each other. */
    String group() {
        return topics.group("trial-workers." + pool);
    }

    /** How long a worker may hold a probe before it is given to another. */
    Duration recordLock() {
        return trialLimit.plus(TIME_TO_REPORT);
    }

    static Duration trialLimit(Duration limit) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST_TRIAL) > 0) {
            throw new IllegalArgumentException(
                    "stepsampler.trial-limit is " + limit + "; it must be above zero and at most " + LONGEST_TRIAL
                            + ", because Kafka locks a record no longer");
        }
        return limit;
    }

    private static int slots(int slots) {
        if (slots < 1 || slots > MOST_SLOTS) {
            throw new IllegalArgumentException(
                    "stepsampler.slots is " + slots + "; it must be from 1 to " + MOST_SLOTS);
        }
        return slots;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
