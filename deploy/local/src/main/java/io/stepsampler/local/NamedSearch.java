package io.stepsampler.local;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A search by its id, or by the beginning of it. */
record NamedSearch(String text) {

    private static final Pattern BEGINNING = Pattern.compile("[0-9a-fA-F-]{4,36}");
    private static final int WHOLE = 36;

    /** Whether the text can be one. */
    static boolean isNamedBy(String text) {
        return BEGINNING.matcher(text).matches();
    }

    boolean isWhole() {
        return text.length() == WHOLE;
    }

    UUID on(CoordinatorClient client) throws IOException, InterruptedException {
        if (!isNamedBy(text)) {
            throw Complaint.refused("ID is " + text + "; must be an id as `stepsampler list` shows it, or at least its"
                    + " first 4 characters");
        }
        if (isWhole()) {
            return whole();
        }
        List<SearchList.Entry> found =
                client.list(Map.of("searchId", text.toLowerCase(Locale.ROOT))).searches();
        if (found.size() > 1) {
            throw Complaint.refused("ID is " + text + "; " + found.size() + " searches begin so");
        }
        if (found.isEmpty()) {
            throw Complaint.failed("there is no search " + text);
        }
        return found.get(0).searchId();
    }

    private UUID whole() {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused("ID is " + text + "; must be an id as `stepsampler list` shows it");
        }
    }
}
