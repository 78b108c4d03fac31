package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The cache's folder as one process works in it. */
final class OpenCache implements AutoCloseable {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final DiskLock lock;
    private final Eviction eviction;
    private final ProcessFolder process;

    private OpenCache(Path folder, DiskLock lock, long mostBytes, ProcessFolder process) {
        this.folder = folder;
        this.lock = lock;
        this.eviction = new Eviction(folder, mostBytes);
        this.process = process;
    }

    static OpenCache in(Path folder, long mostBytes) throws IOException {
        DiskLock lock = new DiskLock(folder.resolve("lock"));
        return new OpenCache(folder, lock, mostBytes, lock.hold(() -> ProcessFolder.open(folder.resolve("in-use"))));
    }

    /** A new folder on the cache's disk. */
    Path newFolder() throws IOException {
        return process.newFolder();
    }

    /** Makes a link to the team's entry; false where there is none, or it is not what its name says. */
    boolean link(String team, String sha256, Path link) throws IOException {
        if (!SHA256.matcher(sha256).matches()) {
            return false;
        }
        Path entry = entry(team, sha256);
        boolean linked = lock.hold(() -> {
            if (!Files.exists(entry)) {
                return false;
            }
            Files.createLink(link, entry);
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
            return true;
        });
        if (linked && !Digest.of(link).equals(sha256)) {
            lock.hold(() -> Files.exists(entry) && Files.isSameFile(entry, link) && Files.deleteIfExists(entry));
            Files.delete(link);
            return false;
        }
        return linked;
    }

    /** Keeps a file that was written whole; it must not change from here on. */
    void keep(String team, String sha256, Path content) throws IOException {
        Path entry = entry(team, sha256);
        Files.createDirectories(entry.getParent());
        lock.hold(() -> {
            Files.deleteIfExists(entry);
            Files.setLastModifiedTime(content, FileTime.from(Instant.now()));
            Files.createLink(entry, content);
            eviction.added(entry);
            return true;
        });
    }

    /** The digest of the file that the team has had under this identity in this version. */
    Optional<String> known(String team, String identity, String version) throws IOException {
        Path entry = indexEntry(team, identity);
        String held = lock.hold(() -> Files.exists(entry) ? Files.readString(entry) : "");
        int end = held.indexOf('\n');
        return end >= 0 && held.substring(end + 1).equals(version)
                ? Optional.of(held.substring(0, end))
                : Optional.empty();
    }

    void remember(String team, String identity, String version, String sha256) throws IOException {
        Path entry = indexEntry(team, identity);
        Files.createDirectories(entry.getParent());
        Path written = process.newFolder().resolve("index");
        Files.writeString(written, sha256 + "\n" + version);
        lock.hold(
                () -> Files.move(written, entry, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        Files.delete(written.getParent());
    }

    @Override
    public void close() {
        process.close();
    }

    private Path entry(String team, String sha256) {
        return teamFolder(team).resolve(Eviction.ENTRIES).resolve(sha256);
    }

    private Path indexEntry(String team, String identity) {
        return teamFolder(team)
                .resolve(Eviction.INDEX)
                .resolve(new Digest().add(identity).hex());
    }

    /** A team's name may be any text. */
    private Path teamFolder(String team) {
        return folder.resolve(Eviction.TEAMS).resolve(new Digest().add(team).hex());
    }
}
