package io.stepsampler.local;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends a request again that does no more the second time than the first. */
final class RepeatedRequest {

    private static final int ATTEMPTS = 5;
    private static final int ATTEMPTS_WITHOUT_ANSWER = 3;

    /** Whoever is told to wait for longer is told why instead. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private RepeatedRequest() {}

    interface Request<T> {
        T send() throws IOException, InterruptedException;
    }

    /** Where the server asks for it, and where its answer was lost. */
    static <T> T untilAnswered(Request<T> request) throws IOException, InterruptedException {
        for (int attempt = 1; attempt < ATTEMPTS_WITHOUT_ANSWER; attempt++) {
            try {
                return whileNotNow(request);
            } catch (NotNow e) {
                throw e;
            } catch (IOException e) {
                TimeUnit.SECONDS.sleep(attempt);
            }
        }
        return whileNotNow(request);
    }

    /** Where the server asks for it. */
    static <T> T whileNotNow(Request<T> request) throws IOException, InterruptedException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return request.send();
            } catch (NotNow e) {
                if (e.retryAfter().compareTo(LONGEST_WAIT) > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(e.retryAfter().toMillis());
            }
        }
        return request.send();
    }
}
