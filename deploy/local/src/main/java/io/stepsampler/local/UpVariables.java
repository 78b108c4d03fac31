package io.stepsampler.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The environment variables with which a stack is set up. They are looked at before anything starts. */
record UpVariables(Map<String, String> environment) {

    private static final String DECLARATIONS = "STEPSAMPLER_DECLARATIONS";
    private static final String PRIVATE_ADDRESSES = "STEPSAMPLER_WEBHOOKS_PRIVATE_ADDRESSES";

    private static final Set<String> ALLOWED = Set.of("", "true", "false");

    void check() {
        String folder = environment.getOrDefault(DECLARATIONS, "");
        if (!folder.isEmpty() && !(Files.isDirectory(Path.of(folder)) && Files.isReadable(Path.of(folder)))) {
            throw Complaint.refused(DECLARATIONS + " is " + folder + "; must be a folder that exists and can be read");
        }
        String allowed = environment.getOrDefault(PRIVATE_ADDRESSES, "");
        if (!ALLOWED.contains(allowed.toLowerCase(Locale.ROOT))) {
            // the coordinator would quietly take most other words for false
            throw Complaint.refused(PRIVATE_ADDRESSES + " is " + allowed + "; allowed: true, false");
        }
    }
}
