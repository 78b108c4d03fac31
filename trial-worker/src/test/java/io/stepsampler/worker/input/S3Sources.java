package io.stepsampler.worker.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sources of a worker that asks S3 servers and nothing else. */
final class S3Sources {

    static final String FILE = "s3://vision/models/linear.pt";
    static final int CACHE_BYTES = 1000;

    private S3Sources() {}

    /** The secret key of team denied is wrong. */
    static Sources of(S3Server server, Path folder) {
        return new Sources(settings(folder, Map.of("vision", server.settings(), "denied", server.settings("wrong"))));
    }

    static SourceSettings settings(Path folder, Map<String, S3Settings> s3) {
        return new SourceSettings(List.of(), folder.resolve("cache"), CACHE_BYTES, List.of(), s3);
    }
}
