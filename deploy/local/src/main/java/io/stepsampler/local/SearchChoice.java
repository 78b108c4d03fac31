package io.stepsampler.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** A search that the user names by its id, or by the beginning of it. */
final class SearchChoice {

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f-]{4,36}");
    private static final int WHOLE = 36;

    @Parameters(paramLabel = "ID", description = "the search, as `list` shows it; the first characters will do")
    private String searchId = "";

    UUID on(CoordinatorClient client) throws IOException, InterruptedException {
        if (!BEGINNING.matcher(searchId).matches()) {
            throw Complaint.refused("ID is " + searchId + "; must be an id as `stepsampler list` shows it, or at least"
                    + " its first 4 characters");
        }
        if (searchId.length() == WHOLE) {
            return whole();
        }
        List<SearchList.Entry> found = client.list(Map.of("searchId", searchId)).searches();
        if (found.size() > 1) {
            throw Complaint.refused("ID is " + searchId + "; " + found.size() + " searches begin so");
        }
        if (found.isEmpty()) {
            throw Complaint.failed("there is no search " + searchId);
        }
        return found.get(0).searchId();
    }

    private UUID whole() {
        try {
            return UUID.fromString(searchId);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused("ID is " + searchId + "; must be an id as `stepsampler list` shows it");
        }
    }
}
