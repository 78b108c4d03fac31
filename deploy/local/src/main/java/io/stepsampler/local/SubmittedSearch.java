package io.stepsampler.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.stepsampler.local.report.ProgressDisplay;
import io.stepsampler.messages.Finding;
import java.io.IOException;
import java.util.UUID;

/** A search from its submission to its end. It is cancelled when the program ends before it. */
final class SubmittedSearch {

    private final CoordinatorClient client;
    private final UUID searchId;
    private volatile boolean ended;

    private SubmittedSearch(CoordinatorClient client, UUID searchId) {
        this.client = client;
        this.searchId = searchId;
    }

    static SubmittedSearch submit(CoordinatorClient client, JsonNode searchFile, ProgramEnd programEnd)
            throws IOException, InterruptedException {
        UUID searchId = client.submit(searchFile).searchId();
        if (searchId == null) {
            throw new IOException("the server accepted the search but named no searchId");
        }
        SubmittedSearch search = new SubmittedSearch(client, searchId);
        programEnd.add(search::cancelUnlessEnded);
        System.err.println("search " + searchId + " on " + client.url());
        return search;
    }

    Finding follow() throws InterruptedException {
        Finding finding = new SearchFollower(client, ProgressDisplay.onStandardError()).follow(searchId);
        ended = true;
        return finding;
    }

    private void cancelUnlessEnded() throws IOException, InterruptedException {
        if (!ended) {
            System.err.println();
            System.err.println("cancelling search " + searchId);
            client.cancel(searchId);
        }
    }
}
