package io.stepsampler.local;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The server answers, but asks to send the request again later. */
final class NotNow extends IOException {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final String SECONDS = "[0-9]{1,9}";

    private final Duration retryAfter;

    private NotNow(String sentence, Duration retryAfter) {
        super(sentence);
        this.retryAfter = retryAfter;
    }

    /** Empty where it is another answer; a 503 that names no time comes from what stands before a server that is away. */
    static Optional<NotNow> of(HttpResponse<?> response, String sentence) {
        Optional<Duration> named = response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches(SECONDS))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return switch (response.statusCode()) {
            case TOO_MANY -> Optional.of(new NotNow(sentence, named.orElse(Duration.ofSeconds(1))));
            case UNAVAILABLE -> named.map(wait -> new NotNow(sentence, wait));
            default -> Optional.empty();
        };
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
