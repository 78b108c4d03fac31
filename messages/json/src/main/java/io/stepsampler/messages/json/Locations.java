package io.stepsampler.messages.json;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What becomes of the paths in a search file. */
public sealed interface Locations {

    Pattern URI_WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

    /** The absolute path or URI, or nothing where this location is not allowed. */
    Optional<String> absolute(String location);

    /** On the machine of the user: relative paths start at a folder. */
    record RelativeTo(Path folder) implements Locations {

        @Override
        public Optional<String> absolute(String location) {
            if (URI_WITH_SCHEME.matcher(location).matches()) {
                return Optional.of(location);
            }
            return Optional.of(
                    folder.toAbsolutePath().resolve(location).normalize().toString());
        }
    }

    /** On a server, which has no folder of the user's: relative paths are refused. */
    record AbsoluteOnly() implements Locations {

        @Override
        public Optional<String> absolute(String location) {
            boolean absolute = location.startsWith("/")
                    || URI_WITH_SCHEME.matcher(location).matches();
            return absolute ? Optional.of(location) : Optional.empty();
        }
    }
}
