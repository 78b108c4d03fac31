package io.stepsampler.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessTest {

    @Test
    void aHostThatLosesItsParentClosesItsServer(@TempDir Path folder) throws Exception {
        Process host = start(DatabaseHost.class, folder);
        assertThat(readyLine(host)).contains("url=jdbc:postgresql://127.0.0.1:");
        assertThat(Postmaster.of(dataFolder(folder))).isPresent();
        host.getOutputStream().close();
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Postmaster.of(dataFolder(folder))).isEmpty();
    }

    @Test
    void theServerOfAKilledHostIsReplaced(@TempDir Path folder) throws Exception {
        Process host = start(DatabaseHost.class, folder);
        String password = valueOf("coordinator", readyLine(host));
        host.destroyForcibly().waitFor();
        Optional<Postmaster> orphan = Postmaster.of(dataFolder(folder));
        assertThat(orphan).isPresent();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0);
                Connection connection = DriverManager.getConnection(database.jdbcUrl(), "coordinator", password)) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(orphan.orElseThrow().process().isAlive()).isFalse();
        }
    }

    @Test
    void aHostWhosePostgresIsKilledFailsAndItsSuccessorHasTheSameRoles(@TempDir Path folder) throws Exception {
        Process host = start(DatabaseHost.class, folder);
        String password = valueOf("coordinator", readyLine(host));
        Postmaster.of(dataFolder(folder)).orElseThrow().process().destroyForcibly();
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("host.log"))).contains("Postgres ended; see server.log in");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0);
                Connection connection = DriverManager.getConnection(database.jdbcUrl(), "coordinator", password)) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aBrokerEndsOnSigterm(@TempDir Path folder) throws Exception {
        Process host = start(KafkaHost.class, folder);
        assertThat(readyLine(host)).contains("bootstrapServers=127.0.0.1:");
        host.destroy();
        assertThat(host.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            assertThat(kafka.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    private static Path dataFolder(Path folder) throws IOException {
        return folder.toRealPath().resolve("data");
    }

    private static Process start(Class<?> main, Path folder) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        folder.toString(),
                        "0"))
                .redirectError(folder.resolve("host.log").toFile())
                .start();
    }

    private static String readyLine(Process host) throws IOException {
        BufferedReader output = host.inputReader();
        return output.lines()
                .filter(line -> line.startsWith("READY "))
                .findFirst()
                .orElseThrow();
    }

    private static String valueOf(String key, String readyLine) {
        return Arrays.stream(readyLine.split(" "))
                .filter(word -> word.startsWith(key + "="))
                .findFirst()
                .orElseThrow()
                .substring(key.length() + 1);
    }
}
