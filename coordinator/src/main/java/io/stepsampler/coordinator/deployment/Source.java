package io.stepsampler.coordinator.deployment;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A folder or a prefix of URIs below which searches may read. */
record Source(String prefix) {

    private static final String FILE = "file:";

    static Source of(String prefix) {
        String plain = plain(prefix);
        return new Source(plain.endsWith("/") ? plain : plain + "/");
    }

    /** Whether the location is the source itself or below it; one that climbs is nowhere. */
    boolean holds(String location) {
        String plain = plain(location);
        return !climbs(plain) && (plain + "/").startsWith(prefix);
    }

    /** A file by its path, so that both ways to write it are one. */
    private static String plain(String location) {
        try {
            return location.startsWith(FILE) ? Path.of(URI.create(location)).toString() : location;
        } catch (IllegalArgumentException notAFile) {
            return location;
        }
    }

    private static boolean climbs(String location) {
        return List.of(location.replace("%2e", ".").replace("%2E", ".").split("[/\\\\]", -1))
                .contains("..");
    }
}
