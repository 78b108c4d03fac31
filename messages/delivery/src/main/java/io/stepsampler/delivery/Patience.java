package io.stepsampler.delivery;

import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what failed because the database or the broker is away, without end and ever more slowly: a message must not
 * be lost because a server restarts. Any other exception is a bug and is thrown on.
 */
public final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private Patience() {}

    /** @throws InterruptedException when the service stops while it waits */
    public static void untilDone(String what, Runnable action) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                action.run();
                return;
            } catch (RuntimeException e) {
                if (!isAway(e)) {
                    throw e;
                }
                LOG.warn("{} waits {} ms: {}", what, pauseMillis, e.toString());
            }
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    /** Whether the same may succeed later. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return !isOurFault(sql);
            }
            if (cause instanceof KafkaException) {
                return true;
            }
        }
        return false;
    }

    /** SQLSTATE classes 22 (data), 23 (constraint) and 42 (syntax, names): repeating them changes nothing. */
    private static boolean isOurFault(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }
}
