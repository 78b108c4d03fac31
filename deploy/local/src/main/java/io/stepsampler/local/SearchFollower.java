package io.stepsampler.local;

import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Follows a search to its end, through a restart of the coordinator. */
final class SearchFollower {

    static final long POLL_MILLIS = 300;

    /** Of a server elsewhere, which others ask too. */
    private static final long REMOTE_POLL_MILLIS = 2000;

    /** The search may end earlier than the server thinks. */
    private static final long LONGEST_POLL_MILLIS = 60_000;

    private static final Duration PATIENCE_WITHOUT_SERVER = Duration.ofMinutes(2);

    private final CoordinatorClient client;
    private final String pool;
    private final ProgressDisplay display;
    private final Standstill standstill;
    private boolean isAway;

    /**
     * @param pool of the search
     * @param patience after which it is said why the search does not move
     */
    SearchFollower(CoordinatorClient client, String pool, ProgressDisplay display, Duration patience) {
        this.client = client;
        this.pool = pool;
        this.display = display;
        this.standstill = new Standstill(patience);
    }

    Finding follow(UUID searchId) throws InterruptedException {
        Instant begin = Instant.now();
        Instant lastAnswer = begin;
        while (true) {
            long pauseMillis = ServerChoice.isOnThisMachine(client.url()) ? POLL_MILLIS : REMOTE_POLL_MILLIS;
            try {
                Finding finding = client.show(searchId);
                lastAnswer = Instant.now();
                isAway = false;
                display.show(finding, Duration.between(begin, lastAnswer));
                if (finding.state().isFinal()) {
                    display.end();
                    return finding;
                }
                if (standstill.isNoticed(finding, lastAnswer) && client.pools().hasNoWorkers(pool)) {
                    display.tell("pool " + pool + " has no worker now: the search waits for one");
                }
            } catch (NotNow e) {
                lastAnswer = Instant.now();
                pauseMillis = Math.min(Math.max(pauseMillis, e.retryAfter().toMillis()), LONGEST_POLL_MILLIS);
            } catch (IOException e) {
                requireNotStopped(searchId);
                if (!isAway) {
                    isAway = true;
                    display.tell("the server " + client.url() + " does not answer; trying again for "
                            + PATIENCE_WITHOUT_SERVER.toSeconds() + " s");
                }
                if (Duration.between(lastAnswer, Instant.now()).compareTo(PATIENCE_WITHOUT_SERVER) > 0) {
                    display.end();
                    throw Complaint.failed("the server " + client.url() + " has not answered for "
                            + PATIENCE_WITHOUT_SERVER.toSeconds() + " s; if it comes back, `stepsampler show "
                            + searchId
                            + "` shows the search");
                }
            }
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
        }
    }

    private void requireNotStopped(UUID searchId) {
        try {
            if (client.isStopped()) {
                display.end();
                throw Complaint.failed("the stack at " + client.url() + " was stopped by the command that runs it;"
                        + " the search goes on when a stack starts again: `stepsampler up`, then `stepsampler show "
                        + searchId + "`");
            }
        } catch (IOException e) {
            // whether it was stopped is not known: then it is waited for
        }
    }
}
