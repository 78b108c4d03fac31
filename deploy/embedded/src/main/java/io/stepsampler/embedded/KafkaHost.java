package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the broker as a process of its own: {@code KafkaHost FOLDER PORT}. */
public final class KafkaHost {

    private KafkaHost() {}

    public static void main(String[] arguments) throws IOException {
        HostProcess.logWarningsOnly();
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        HostProcess.serve(kafka, "bootstrapServers=" + kafka.bootstrapServers());
    }
}
