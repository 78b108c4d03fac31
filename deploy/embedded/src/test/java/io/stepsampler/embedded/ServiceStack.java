package io.stepsampler.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker and a database of their own for the tests of one service, named by the argument {@code service}. */
public final class ServiceStack implements QuarkusTestResourceLifecycleManager {

    public static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";

    /** Of an administrator of the platform, for the team local. */
    public static final String FIRST_KEY = "stps_testfirst0_" + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

    private String service = "coordinator";
    private @Nullable EmbeddedKafka kafka;
    private @Nullable EmbeddedDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        service = Objects.requireNonNull(arguments.get("service"));
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("stepsampler-" + service);
            EmbeddedKafka startedKafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
            kafka = startedKafka;
            EmbeddedDatabase startedDatabase = EmbeddedDatabase.start(folder.resolve("postgres"), 0);
            database = startedDatabase;
            return Map.of(
                    BOOTSTRAP_SERVERS,
                    startedKafka.bootstrapServers(),
                    // what was sent after something else is read after it
                    "stepsampler.partitions",
                    "1",
                    "stepsampler.identity.first-key",
                    FIRST_KEY,
                    "stepsampler.teams",
                    "local,vision,speech",
                    "quarkus.datasource.jdbc.url",
                    startedDatabase.jdbcUrl(),
                    "quarkus.datasource.username",
                    service,
                    "quarkus.datasource.password",
                    startedDatabase.password(service),
                    "quarkus.http.test-port",
                    "0",
                    "quarkus.http.host",
                    "127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (kafka != null) {
                kafka.close();
            }
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
