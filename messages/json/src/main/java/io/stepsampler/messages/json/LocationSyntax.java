package io.stepsampler.messages.json;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a location can name a file at all. */
final class LocationSyntax {

    private LocationSyntax() {}

    /** What is allowed, where the location cannot name a file. */
    static Optional<String> allowedInstead(String location) {
        if (location.startsWith("file:")) {
            return isFileUri(location)
                    ? Optional.empty()
                    : Optional.of("a file URI such as file:///folder/file, with %20 for a space and no host");
        }
        return isPath(location) ? Optional.empty() : Optional.of("a path that a file can have");
    }

    private static boolean isFileUri(String location) {
        try {
            return Path.of(URI.create(location)).isAbsolute();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPath(String location) {
        try {
            return !Path.of(location).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
