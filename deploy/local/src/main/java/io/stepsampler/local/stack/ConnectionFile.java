package io.stepsampler.local.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code connection.json}: tells other commands where the stack of a folder listens. It exists while that is ready. */
public record ConnectionFile(Path folder) {

    private static final String NAME = "connection.json";

    /**
     * @param apiKey absent where the server asks for none
     * @param bootstrapServers where Kafka listens, for whoever sends or reads events; absent where only the server is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Connection(
            URI url, @Nullable String apiKey, @Nullable String bootstrapServers) {

        public Connection(URI url, @Nullable String apiKey) {
            this(url, apiKey, null);
        }

        /** Without the key: it must not stand in a message. */
        @Override
        public String toString() {
            return "Connection[url=" + url + "]";
        }
    }

    void write(Connection connection) throws IOException {
        PrivateFile.write(folder.resolve(NAME), MessageJson.write(connection));
    }

    void delete() throws IOException {
        Files.deleteIfExists(folder.resolve(NAME));
    }

    public Optional<Connection> read() throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MessageJson.read(Files.readAllBytes(file), Connection.class));
        } catch (UnreadableMessage e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
