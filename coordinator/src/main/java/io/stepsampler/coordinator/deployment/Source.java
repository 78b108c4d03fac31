package io.stepsampler.coordinator.deployment;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A folder or a prefix of URIs below which searches may read. */
record Source(String prefix) {

    private static final String FILE = "file:";

    /** As they are written in URIs too, where % may itself be written as %25, however often. */
    private static final Pattern DOT = Pattern.compile("%(?:25)*+2[eE]");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]|%(?:25)*+(?:2[fF]|5[cC])");

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
        String dotted = DOT.matcher(location).replaceAll(".");
        return List.of(SEPARATOR.split(dotted, -1)).contains("..");
    }
}
