package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The remote files that one team reads just now: nobody else's eviction takes them before this is closed. */
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int BUFFER_BYTES = 1 << 16;

    private final Cache cache;
    private final String team;
    private final List<Path> folders = new ArrayList<>();

    Lease(Cache cache, String team) {
        this.cache = cache;
        this.team = team;
    }

    record Held(Path path, String sha256) {}

    /** @param sha256 when the team has a file of this digest, nobody is asked */
    Held file(String key, RemoteFile remote, @Nullable String sha256) throws Refusal {
        try {
            Path path = newFolder().resolve(remote.name());
            return new Held(path, bring(key, remote, sha256, path));
        } catch (IOException e) {
            throw unavailable(key, remote.location(), e);
        }
    }

    /** @param files at least one; none has the name of a folder of another */
    Path folder(String key, String location, List<RemoteFile> files) throws Refusal {
        try {
            Path folder = newFolder();
            for (RemoteFile file : files) {
                Files.createDirectories(folder.resolve(file.name()).getParent());
            }
            Transfers.each(files, file -> bring(key, file, null, folder.resolve(file.name())));
            return folder;
        } catch (IOException e) {
            throw unavailable(key, location, e);
        }
    }

    synchronized boolean holds(Path path) {
        return folders.stream().anyMatch(path.normalize()::startsWith);
    }

    @Override
    public synchronized void close() {
        for (Path folder : folders) {
            try {
                ProcessFolder.delete(folder);
            } catch (IOException e) {
                LOG.warn("The folder {} stays until the worker ends", folder, e);
            }
        }
        folders.clear();
    }

    private synchronized Path newFolder() throws IOException {
        Path folder = cache.open().newFolder();
        folders.add(folder);
        return folder;
    }

    private String bring(String key, RemoteFile remote, @Nullable String sha256, Path path)
            throws Refusal, IOException {
        OpenCache open = cache.open();
        if (sha256 != null && open.link(team, sha256.toLowerCase(Locale.ROOT), path)) {
            return sha256.toLowerCase(Locale.ROOT);
        }
        Optional<String> version = remote.version();
        if (version.isPresent()) {
            Optional<String> known = open.known(team, remote.identity(), version.get());
            if (known.isPresent() && open.link(team, known.get(), path)) {
                return known.get();
            }
        }
        try (Download download = remote.open()) {
            String digest = write(key, remote, download, path);
            open.keep(team, digest, path);
            if (download.version().isPresent()) {
                open.remember(team, remote.identity(), download.version().get(), digest);
            }
            return digest;
        }
    }

    private String write(String key, RemoteFile remote, Download download, Path path) throws Refusal, IOException {
        requireRoom(key, remote, download.bytes());
        Digest digest = new Digest();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream output = Files.newOutputStream(path)) {
            for (int read = download.content().read(buffer);
                    read >= 0;
                    read = download.content().read(buffer)) {
                bytes += read;
                requireRoom(key, remote, bytes);
                digest.add(ByteBuffer.wrap(buffer, 0, read));
                output.write(buffer, 0, read);
            }
        }
        if (download.bytes() >= 0 && bytes != download.bytes()) {
            throw new IOException(bytes + " of " + download.bytes() + " bytes came");
        }
        return digest.hex();
    }

    private void requireRoom(String key, RemoteFile remote, long bytes) throws Refusal {
        if (bytes > cache.mostBytes()) {
            throw Refusal.policy(
                    key,
                    remote.location(),
                    "it is larger than the " + cache.mostBytes() + " bytes that the worker's cache keeps"
                            + " (stepsampler.cache-bytes)");
        }
    }

    private static Refusal unavailable(String key, String location, IOException failure) {
        return Refusal.unavailable(key, location, "it cannot be brought here (" + failure + ")");
    }
}
