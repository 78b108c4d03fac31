package io.stepsampler.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/**
 * A search from its submission to its end. It is cancelled when the user stops the program before it; whatever else ends
 * the program leaves it as it is.
 */
final class SubmittedSearch {

    /** Longer than a worker needs to be heard of, and much shorter than people wait in vain. */
    private static final Duration STANDSTILL = Duration.ofSeconds(10);

    private final CoordinatorClient client;
    private final UUID searchId;
    private final String pool;
    private volatile boolean followed = true;

    private SubmittedSearch(CoordinatorClient client, UUID searchId, String pool) {
        this.client = client;
        this.searchId = searchId;
        this.pool = pool;
    }

    static SubmittedSearch submit(CoordinatorClient client, JsonNode searchFile, ProgramEnd programEnd)
            throws IOException, InterruptedException {
        UUID key = UUID.randomUUID();
        UUID searchId = RepeatedRequest.untilAnswered(() -> client.submit(searchFile, key))
                .searchId();
        if (searchId == null) {
            throw new IOException("the server accepted the search but named no searchId");
        }
        SubmittedSearch search =
                new SubmittedSearch(client, searchId, searchFile.path("pool").asText());
        programEnd.addForUser(search::cancelWhileFollowed);
        System.err.println("search " + searchId + " on " + client.url());
        return search;
    }

    Finding follow() throws InterruptedException {
        try {
            return new SearchFollower(client, pool, ProgressDisplay.onStandardError(), STANDSTILL).follow(searchId);
        } finally {
            followed = false;
        }
    }

    private void cancelWhileFollowed() throws IOException, InterruptedException {
        if (followed) {
            System.err.println();
            System.err.println("cancelling search " + searchId);
            RepeatedRequest.whileNotNow(() -> client.cancel(searchId));
        }
    }
}
