package io.stepsampler.worker.check;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.worker.messaging.TrialConfiguration;
import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.util.Objects;
import org.eclipse.microprofile.config.Config;

/**
 * The program behind {@code stepsampler check}: a search specification on standard input, a report on standard output.
 * It is set up as a worker is.
 */
public final class CheckProcess {

    private static final String WORKER_PROPERTIES = "application.properties";

    private CheckProcess() {}

    public static void main(String[] arguments) throws IOException, UnreadableMessage {
        PrintStream report = System.out;
        // what libraries print must not stand in the report
        System.setOut(System.err);
        SearchSpecification specification = MessageJson.read(System.in.readAllBytes(), SearchSpecification.class);
        try (Trials trials = Trials.start(TrialConfiguration.read(configuration()))) {
            report.write(MessageJson.write(trials.check(specification)));
            report.flush();
        }
    }

    private static Config configuration() throws IOException {
        URL defaults = Objects.requireNonNull(
                CheckProcess.class.getClassLoader().getResource(WORKER_PROPERTIES), WORKER_PROPERTIES);
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .withSources(new PropertiesConfigSource(defaults, 0))
                .build();
    }
}
