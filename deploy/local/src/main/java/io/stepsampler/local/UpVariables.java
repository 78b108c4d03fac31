package io.stepsampler.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The environment variables with which a stack is set up. They are looked at before anything starts. */
record UpVariables(Map<String, String> environment) {

    private static final String DECLARATIONS = "STEPSAMPLER_DECLARATIONS";

    void check() {
        String folder = environment.getOrDefault(DECLARATIONS, "");
        if (!folder.isEmpty() && !(Files.isDirectory(Path.of(folder)) && Files.isReadable(Path.of(folder)))) {
            throw Complaint.refused(DECLARATIONS + " is " + folder + "; must be a folder that exists and can be read");
        }
    }
}
