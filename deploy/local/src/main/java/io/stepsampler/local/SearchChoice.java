package io.stepsampler.local;

import java.io.IOException;
import java.util.UUID;
import picocli.CommandLine.Parameters;

/** A search that the user names by its id, or by the beginning of it. */
final class SearchChoice {

    @Parameters(paramLabel = "ID", description = "the search, as `list` shows it; the first characters will do")
    private String searchId = "";

    UUID on(CoordinatorClient client) throws IOException, InterruptedException {
        return new NamedSearch(searchId).on(client);
    }
}
