package io.stepsampler.local;

import io.stepsampler.method.StepSampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Of this build, and of the method: findings of one method's version can be compared. */
final class Version implements IVersionProvider {

    private static final String FILE = "version.txt";

    @Override
    public String[] getVersion() throws IOException {
        try (InputStream file = Objects.requireNonNull(Version.class.getResourceAsStream(FILE), FILE)) {
            String build = new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
            return new String[] {"stepsampler " + build + ", method " + StepSampling.VERSION};
        }
    }
}
