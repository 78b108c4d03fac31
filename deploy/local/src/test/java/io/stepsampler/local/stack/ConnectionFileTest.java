package io.stepsampler.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.local.stack.ConnectionFile.Connection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {

    private final Connection connection = new Connection(URI.create("http://127.0.0.1:8470"), null);

    @Test
    void onlyItsOwnerReadsIt(@TempDir Path folder) throws Exception {
        ConnectionFile file = new ConnectionFile(folder);
        file.write(connection);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("connection.json"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("connection.json")))
                .isEqualTo("{\"url\":\"http://127.0.0.1:8470\"}");
        assertThat(file.read()).contains(connection);
    }

    @Test
    void itTellsWhereKafkaListens(@TempDir Path folder) throws Exception {
        ConnectionFile file = new ConnectionFile(folder);
        Connection withKafka = new Connection(connection.url(), "key", "127.0.0.1:9092");
        file.write(withKafka);
        assertThat(Files.readString(folder.resolve("connection.json")))
                .contains("\"bootstrapServers\":\"127.0.0.1:9092\"");
        assertThat(file.read()).contains(withKafka);
    }

    @Test
    void aSecondStackReplacesTheFirst(@TempDir Path folder) throws Exception {
        ConnectionFile file = new ConnectionFile(folder);
        file.write(connection);
        Connection other = new Connection(URI.create("http://127.0.0.1:9000"), "key");
        file.write(other);
        assertThat(file.read()).contains(other);
    }

    @Test
    void afterItsDeletionThereIsNoConnection(@TempDir Path folder) throws Exception {
        ConnectionFile file = new ConnectionFile(folder);
        file.write(connection);
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void anUnreadableFileIsNamed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("connection.json"), "{");
        assertThatThrownBy(() -> new ConnectionFile(folder).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("connection.json cannot be read");
    }
}
