package io.stepsampler.coordinator.webhooks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of sending an event to a receiver once. */
public sealed interface Answer {

    /** So long a receiver is left alone that is not there or has too much to do. */
    Duration REST = Duration.ofSeconds(5);

    /** However long it asks for. */
    Duration LONGEST_REST = Duration.ofHours(1);

    /** What went wrong, in one sentence; null where nothing did. */
    @Nullable
    String fault();

    /** How long nothing more is sent to the receiver, so that other events do not spend their attempts in vain. */
    Duration rest();

    /** An answer of HTTP. {@code retryAfter}: what the receiver asks for, if it does. */
    record Status(int code, @Nullable Duration retryAfter) implements Answer {

        private static final int GONE = 410;
        private static final int TOO_MANY_REQUESTS = 429;
        private static final int BAD_GATEWAY = 502;
        private static final int GATEWAY_TIMEOUT = 504;

        boolean isAccepted() {
            return code / 100 == 2;
        }

        boolean isGone() {
            return code == GONE;
        }

        @Override
        public @Nullable String fault() {
            if (isAccepted()) {
                return null;
            }
            String answered = "the receiver answered " + code;
            return code / 100 == 3
                    ? answered + "; redirects are not followed: the webhook must have the last address"
                    : answered;
        }

        @Override
        public Duration rest() {
            boolean isBusy = code == TOO_MANY_REQUESTS || (code >= BAD_GATEWAY && code <= GATEWAY_TIMEOUT);
            if (!isBusy) {
                return Duration.ZERO;
            }
            Duration wanted = retryAfter == null || retryAfter.compareTo(REST) < 0 ? REST : retryAfter;
            return wanted.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wanted;
        }
    }

    /** There was no answer, or no request. {@code fault}: why, with nothing in it of what the other side sent. */
    record None(String fault) implements Answer {

        @Override
        public Duration rest() {
            return REST;
        }
    }
}
