package io.stepsampler.worker.messaging;

import io.stepsampler.worker.input.S3Settings;
import io.stepsampler.worker.input.SourceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Where searches may take their files from, as the deployment sets it. */
final class SourceConfiguration {

    private static final String S3 = "stepsampler.s3.";
    private static final Pattern S3_KEY = Pattern.compile(
            "stepsampler\\.s3\\.(\"([^\"]+)\"|[^.\"]+)\\.(endpoint|region|access-key|secret-key|path-style)");

    private SourceConfiguration() {}

    /** @throws IllegalArgumentException where a key is missing or wrong; it never holds a secret */
    static SourceSettings read(Config config) {
        return new SourceSettings(
                config.getOptionalValues("stepsampler.roots", Path.class).orElse(List.of()),
                config.getValue("stepsampler.cache-folder", Path.class),
                config.getValue("stepsampler.cache-bytes", Long.class),
                config.getOptionalValues("stepsampler.https-hosts", String.class)
                        .orElse(List.of()),
                s3(config));
    }

    /** A team is one that any key names; its others may come from the environment, whose names cannot be read back. */
    private static Map<String, S3Settings> s3(Config config) {
        Map<String, S3Settings> teams = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            Matcher key = S3_KEY.matcher(name);
            if (key.matches()) {
                String quoted = key.group(1);
                String team = key.group(2) == null ? quoted : key.group(2);
                teams.computeIfAbsent(team, unused -> s3(config, S3 + quoted + "."));
            }
        }
        return teams;
    }

    private static S3Settings s3(Config config, String prefix) {
        Optional<URI> endpoint = config.getOptionalValue(prefix + "endpoint", URI.class);
        return new S3Settings(
                endpoint.orElse(null),
                config.getOptionalValue(prefix + "region", String.class).orElse("us-east-1"),
                required(config, prefix + "access-key"),
                required(config, prefix + "secret-key"),
                config.getOptionalValue(prefix + "path-style", Boolean.class).orElse(endpoint.isPresent()));
    }

    private static String required(Config config, String key) {
        return config.getOptionalValue(key, String.class)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing; a team's S3 server needs it"));
    }
}
