package io.stepsampler.messages.json;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a location can name a file at all. */
final class LocationSyntax {

    private static final String FILE = "file:";

    /** Of files that are not the worker's own; in lower case, as all who look at locations read it. */
    private static final Pattern REMOTE = Pattern.compile("(s3|https):.*");

    private LocationSyntax() {}

    /** What is allowed, where the location cannot name a file. */
    static Optional<String> allowedInstead(String location) {
        if (location.startsWith(FILE)) {
            return isFileUri(location)
                    ? Optional.empty()
                    : Optional.of("a file URI such as file:///folder/file, with %20 for a space and no host");
        }
        if (Locations.URI_WITH_SCHEME.matcher(location).matches()
                && !REMOTE.matcher(location).matches()) {
            return Optional.of("an absolute path, or a URI that begins with file:, s3: or https:");
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
