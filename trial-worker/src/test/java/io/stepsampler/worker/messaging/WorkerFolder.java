package io.stepsampler.worker.messaging;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.Training;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.microprofile.config.spi.Converter;

/** What a worker of a test has on its disk: a curve whose loss is 0.5 at the rate 1e-3, and its cache. */
record WorkerFolder(Path path) {

    static WorkerFolder in(Path path) throws IOException {
        WorkerFolder folder = new WorkerFolder(path);
        Files.writeString(folder.curve(), "learning_rate,loss\n0,0.7\n1e-3,0.5\n");
        return folder;
    }

    private Path curve() {
        return path.resolve("curve.csv");
    }

    /** With topics and a group of its own. */
    WorkerSettings settings(String bootstrapServers, String trialLimit, int slots) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader("""
                quarkus.application.version=test
                stepsampler.pool=default
                stepsampler.partitions=1
                stepsampler.replication=1
                stepsampler.threads=1
                stepsampler.roots=/
                stepsampler.cache-bytes=1000
                stepsampler.torchscript-allowed=true
                """));
        properties.setProperty("kafka.bootstrap.servers", bootstrapServers);
        properties.setProperty("stepsampler.topic-prefix", UUID.randomUUID() + ".");
        properties.setProperty("stepsampler.trial-limit", trialLimit);
        properties.setProperty("stepsampler.slots", Integer.toString(slots));
        properties.setProperty("stepsampler.cache-folder", path.resolve("cache").toString());
        return new WorkerSettings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withConverter(Duration.class, 100, (Converter<Duration>) Duration::parse)
                .build());
    }

    /** A probe that replays the curve. */
    Probe probe(double rate, double seconds, boolean suspect) {
        return new Probe(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "local",
                "default",
                new ProbeKind.ConstantRate(rate),
                0,
                17,
                20,
                1,
                suspect,
                null,
                new Model.Replay(new Checkpoint.Stored(curve().toString()), new Model.Replay.Options(seconds)),
                null,
                Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0, 0, 0, false), 16, 20, 17));
    }
}
