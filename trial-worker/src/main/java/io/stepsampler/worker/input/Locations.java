package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one team's searches may take their files from. Each answer is a path on this machine, to be read and never
 * written; those of remote files last until {@link #close}.
 */
public final class Locations implements AutoCloseable {

    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*):.*", Pattern.DOTALL);

    private final Roots roots;
    private final Map<String, Remote> remotes;
    private final Lease lease;

    /** Files of this machine only: no root allows nothing, {@code /} every file that the worker's user can read. */
    public Locations(List<Path> roots) {
        this(SourceSettings.ofFiles(roots));
    }

    private Locations(SourceSettings settings) {
        this(
                new Roots(settings.roots(), settings.cacheFolder()),
                Map.of(),
                new Cache(settings.cacheFolder(), settings.cacheBytes()).lease(""));
    }

    /** @param remotes by the scheme of the URIs that they understand */
    Locations(Roots roots, Map<String, Remote> remotes, Lease lease) {
        this.roots = roots;
        this.remotes = Map.copyOf(remotes);
        this.lease = lease;
    }

    /** @param key where the search names the file, such as {@code model.checkpoint} */
    public Path file(String key, String location) throws Refusal {
        return file(key, location, null);
    }

    /** @param sha256 what the search says that the file is; a file that is anything else is refused */
    public Path file(String key, String location, @Nullable String sha256) throws Refusal {
        Optional<Remote> remote = remote(key, location);
        if (remote.isEmpty()) {
            Path path = roots.file(key, location);
            if (sha256 != null) {
                Digest.requireEqual(key, location, sha256, digest(key, location, path));
            }
            return path;
        }
        Lease.Held held = lease.file(key, remote.get().file(key, location), sha256);
        if (sha256 != null) {
            Digest.requireEqual(key, location, sha256, held.sha256());
        }
        return held.path();
    }

    /** A remote folder is brought here whole, with the same names below it. */
    public Path folder(String key, String location) throws Refusal {
        Optional<Remote> remote = remote(key, location);
        return remote.isEmpty()
                ? roots.folder(key, location)
                : lease.folder(key, location, remote.get().folder(key, location));
    }

    /** The location as far as it names a file: what follows a question mark in an address says how to get there. */
    public static String name(String location) {
        return location.startsWith("https:") ? location.replaceFirst("[?#].*", "") : location;
    }

    /** Checked again for each file found in a folder, because a symbolic link may lead out of the roots. */
    public void requireAllowed(String key, Path path) throws Refusal {
        if (!lease.holds(path)) {
            roots.requireAllowed(key, path);
        }
    }

    /** The remote files that were brought here may go. */
    @Override
    public void close() {
        lease.close();
    }

    private Optional<Remote> remote(String key, String location) throws Refusal {
        Matcher matcher = SCHEME.matcher(location);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        if (scheme.equals("http")) {
            throw Refusal.policy(key, location, "it must be https:, because http: is neither private nor unchanged");
        }
        return Optional.ofNullable(remotes.get(scheme));
    }

    private static String digest(String key, String location, Path path) throws Refusal {
        try {
            return Digest.of(path);
        } catch (IOException e) {
            throw Refusal.badInput(key, location, "it cannot be read (" + e + ")");
        }
    }
}
