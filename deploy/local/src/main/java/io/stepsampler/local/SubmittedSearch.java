package io.stepsampler.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.util.UUID;

/**
 * A search from its submission to its end. It is cancelled when the user stops the program before it; whatever else ends
 * the program leaves it as it is.
 */
final class SubmittedSearch {

    private final CoordinatorClient client;
    private final UUID searchId;
    private volatile boolean followed = true;

    private SubmittedSearch(CoordinatorClient client, UUID searchId) {
        this.client = client;
        this.searchId = searchId;
    }

    static SubmittedSearch submit(CoordinatorClient client, JsonNode searchFile, ProgramEnd programEnd)
            throws IOException, InterruptedException {
        UUID key = UUID.randomUUID();
        UUID searchId = RepeatedRequest.untilAnswered(() -> client.submit(searchFile, key))
                .searchId();
        if (searchId == null) {
            throw new IOException("the server accepted the search but named no searchId");
        }
        SubmittedSearch search = new SubmittedSearch(client, searchId);
        programEnd.addForUser(search::cancelWhileFollowed);
        System.err.println("search " + searchId + " on " + client.url());
        return search;
    }

    Finding follow() throws InterruptedException {
        try {
            return new SearchFollower(client, ProgressDisplay.onStandardError()).follow(searchId);
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
