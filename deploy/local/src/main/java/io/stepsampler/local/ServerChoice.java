package io.stepsampler.local;

import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.local.stack.Health;
import io.stepsampler.local.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to: an option, else an environment variable, else the default folder's stack. */
final class ServerChoice {

    static final String KEY_VARIABLE = "STEPSAMPLER_API_KEY";

    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]+");

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the coordinator; default: STEPSAMPLER_SERVER, else the stack of the default folder")
    private @Nullable String option;

    /** The server named by the user, if one is. */
    Optional<Connection> named() throws IOException {
        String variable = System.getenv("STEPSAMPLER_SERVER");
        if (option != null) {
            return Optional.of(connection("--server", option));
        }
        return variable == null || variable.isBlank()
                ? Optional.empty()
                : Optional.of(connection("STEPSAMPLER_SERVER", variable));
    }

    private static Connection connection(String source, String url) throws IOException {
        URI address = address(source, url);
        Connection connection = new Connection(address, keyOf(address).orElse(null));
        warnOfPlainHttp(connection);
        return connection;
    }

    static void warnOfPlainHttp(Connection server) {
        if (server.apiKey() != null && "http".equals(server.url().getScheme()) && !isOnThisMachine(server.url())) {
            System.err.println("the API key goes to " + server.url()
                    + " over plain http, where others can read it on its way; use https");
        }
    }

    /** The key of a server that the user names. */
    private static Optional<String> keyOf(URI server) throws IOException {
        Optional<String> ofEnvironment = keyOfEnvironment();
        if (ofEnvironment.isPresent()) {
            return ofEnvironment;
        }
        Optional<String> stored = new Credentials(StackOptions.defaultFolder()).keyOf(server);
        return stored.isPresent()
                ? stored
                : new ConnectionFile(StackOptions.defaultFolder())
                        .read()
                        .filter(own -> Credentials.name(own.url()).equals(Credentials.name(server)))
                        .map(Connection::apiKey);
    }

    /** Whoever sets it means whichever server is asked. */
    static Optional<String> keyOfEnvironment() {
        Optional<String> key = Optional.ofNullable(System.getenv(KEY_VARIABLE))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (key.isPresent() && !SENDABLE.matcher(key.get()).matches()) {
            // as a header it would be refused with a message that shows it
            throw Complaint.refused(
                    KEY_VARIABLE + " has a character that no key has; must be visible ASCII characters alone");
        }
        return key;
    }

    /** @param source what named the address */
    static URI address(String source, String url) {
        try {
            URI parsed = new URI(url);
            boolean isHttp = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (isHttp && parsed.getHost() != null && parsed.getQuery() == null && parsed.getFragment() == null) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            // refused below
        }
        throw Complaint.refused(
                source + " is " + (url.isBlank() ? "blank" : url) + "; must be a URL such as http://127.0.0.1:8470");
    }

    static boolean isOnThisMachine(URI server) {
        String host = server.getHost();
        return "127.0.0.1".equals(host) || "localhost".equalsIgnoreCase(host) || "[::1]".equals(host);
    }

    CoordinatorClient required() throws IOException, InterruptedException {
        Optional<Connection> named = named();
        Optional<Connection> connection = named.isPresent() ? named : running(StackOptions.defaultFolder());
        return new CoordinatorClient(connection.orElseThrow(() -> Complaint.failed(
                "no server runs: start one with `stepsampler up`, or name one with --server or STEPSAMPLER_SERVER")));
    }

    /** The stack of a folder, if it answers. */
    static Optional<Connection> running(Path folder) throws IOException, InterruptedException {
        Optional<Connection> connection = new ConnectionFile(folder).read();
        if (connection.isEmpty() || !Health.isReady(connection.get().url().resolve("/q/health/ready"))) {
            return Optional.empty();
        }
        return connection.map(
                announced -> new Connection(announced.url(), keyOfEnvironment().orElse(announced.apiKey())));
    }
}
