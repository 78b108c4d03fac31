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
    private static final Duration PATIENCE_WITHOUT_SERVER = Duration.ofMinutes(2);

    private final CoordinatorClient client;
    private final ProgressDisplay display;

    SearchFollower(CoordinatorClient client, ProgressDisplay display) {
        this.client = client;
        this.display = display;
    }

    Finding follow(UUID searchId) throws InterruptedException {
        Instant begin = Instant.now();
        Instant lastAnswer = begin;
        while (true) {
            try {
                Finding finding = client.show(searchId);
                lastAnswer = Instant.now();
                display.show(finding, Duration.between(begin, lastAnswer));
                if (finding.state().isFinal()) {
                    display.end();
                    return finding;
                }
            } catch (IOException e) {
                requireNotStopped(searchId);
                if (Duration.between(lastAnswer, Instant.now()).compareTo(PATIENCE_WITHOUT_SERVER) > 0) {
                    throw Complaint.failed("the server " + client.url() + " has not answered for "
                            + PATIENCE_WITHOUT_SERVER.toSeconds() + " s; if it comes back, `stepsampler show "
                            + searchId
                            + "` shows the search");
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
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
