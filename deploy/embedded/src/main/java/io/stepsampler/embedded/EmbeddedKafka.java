package io.stepsampler.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka broker and controller in this process, with share groups, listening on the loopback interface only. */
public final class EmbeddedKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final BrokerSettings settings;
    private final FolderLock lock;

    private EmbeddedKafka(KafkaRaftServer server, BrokerSettings settings, FolderLock lock) {
        this.server = server;
        this.settings = settings;
        this.lock = lock;
    }

    /**
     * Returns when the broker accepts requests. What an earlier broker stored in the folder is there again.
     *
     * @param port 0 picks a free one
     */
    public static EmbeddedKafka start(Path folder, int port) throws IOException {
        FolderLock lock = FolderLock.acquire(folder);
        BrokerSettings settings =
                new BrokerSettings(folder.toAbsolutePath(), LoopbackPort.orFree(port), LoopbackPort.free());
        try {
            formatOnce(settings);
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings.toProperties(), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, settings, lock);
        } catch (RuntimeException | IOException e) {
            lock.close();
            throw new IOException("the Kafka broker in " + folder + " did not start: " + e.getMessage(), e);
        }
    }

    public String bootstrapServers() {
        return settings.bootstrapServers();
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        server.awaitShutdown();
        lock.close();
    }

    private static void formatOnce(BrokerSettings settings) throws IOException {
        if (Files.exists(settings.logFolder().resolve("meta.properties"))) {
            return;
        }
        String logFolder = settings.logFolder().toString();
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setDirectories(Set.of(logFolder))
                    .setMetadataLogDirectory(logFolder)
                    .setHasDynamicQuorum(false)
                    .run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + logFolder, e);
        }
    }
}
