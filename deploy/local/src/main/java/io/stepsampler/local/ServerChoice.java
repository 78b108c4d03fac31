package io.stepsampler.local;

import io.stepsampler.local.stack.ConnectionFile;
import io.stepsampler.local.stack.ConnectionFile.Connection;
import io.stepsampler.local.stack.Health;
import io.stepsampler.local.stack.StackOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server a command talks to: an option, else an environment variable, else the default folder's stack. */
final class ServerChoice {

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the coordinator; default: STEPSAMPLER_SERVER, else the stack of the default folder")
    private @Nullable URI option;

    /** The server named by the user, if one is. */
    Optional<Connection> named() {
        String variable = System.getenv("STEPSAMPLER_SERVER");
        URI url = option;
        if (url == null && variable != null && !variable.isBlank()) {
            url = URI.create(variable);
        }
        return Optional.ofNullable(url).map(named -> new Connection(named, System.getenv("STEPSAMPLER_API_KEY")));
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
        return connection;
    }
}
