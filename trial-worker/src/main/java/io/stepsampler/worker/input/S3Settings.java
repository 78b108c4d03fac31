package io.stepsampler.worker.input;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How one team reaches its S3 server.
 *
 * @param endpoint absent for Amazon's own
 * @param pathStyle whether a bucket is the first part of the path, as most servers but Amazon's want, or of the host
 */
public record S3Settings(@Nullable URI endpoint, String region, String accessKey, String secretKey, boolean pathStyle) {

    /** Settings are logged, secrets are not. */
    @Override
    public String toString() {
        return "S3Settings[endpoint=" + endpoint + ", region=" + region + ", pathStyle=" + pathStyle + "]";
    }
}
