package io.stepsampler.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that the user names. */
final class TextOnDisk {

    private TextOnDisk() {}

    static String read(String argument, Path file) {
        if (!Files.isRegularFile(file)) {
            throw Complaint.refused(argument + " is " + file + "; must be a file that exists and can be read");
        }
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw Complaint.refused(argument + " is " + file + "; it cannot be read: " + Reason.of(e));
        }
    }
}
