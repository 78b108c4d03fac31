package io.stepsampler.local;

import io.stepsampler.local.stack.PrivateFile;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code credentials.json}: the API keys that {@code login} has stored, by the address of their server. */
record Credentials(Path folder) {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    Optional<String> keyOf(URI server) throws IOException {
        return Optional.ofNullable(read().get(name(server)));
    }

    void store(URI server, String apiKey) throws IOException {
        Files.createDirectories(folder);
        Path lock = folder.resolve("credentials.lock");
        // of two logins at once, the later one must read what the earlier one wrote
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var unused = channel.lock();
            Map<String, String> apiKeys = new TreeMap<>(read());
            apiKeys.put(name(server), apiKey);
            PrivateFile.write(file(), MessageJson.write(new StoredKeys(apiKeys)));
        }
    }

    private Map<String, String> read() throws IOException {
        if (!Files.exists(file())) {
            return Map.of();
        }
        try {
            return MessageJson.read(Files.readAllBytes(file()), StoredKeys.class)
                    .apiKeys();
        } catch (UnreadableMessage e) {
            throw new IOException(file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path file() {
        return folder.resolve("credentials.json");
    }

    /** One for all ways of writing the address: the host in either case, the usual port or none, a slash at the end. */
    static String name(URI server) {
        int usualPort = "https".equals(server.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        String port = server.getPort() == -1 || server.getPort() == usualPort ? "" : ":" + server.getPort();
        return server.getScheme() + "://" + server.getHost().toLowerCase(Locale.ROOT) + port
                + server.getRawPath().replaceAll("/+$", "");
    }
}
