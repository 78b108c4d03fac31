package io.stepsampler.worker.input;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remote files kept on this disk, shared by all workers that name the folder, each file below its team and SHA-256.
 *
 * <pre>
 * lock                              held for every change, never while a file is fetched or read
 * bytes                             what all entries take
 * teams/TEAM/entries/SHA-256        content, never changed; its time stamp is that of its last use
 * teams/TEAM/index/SHA-256 of URI   which version of the file has which content
 * in-use/PROCESS/                   what a process fetches, and hard links to what it reads: eviction takes an entry's
 *                                   name, never a link, so that nobody's file goes while it is read
 * in-use/PROCESS.alive              locked as long as the process lives; else anyone removes its folder
 * </pre>
 */
final class Cache implements AutoCloseable {

    private final Path named;
    private final long mostBytes;
    private @Nullable OpenCache open;

    /** @param folder is made when it is first needed */
    Cache(Path folder, long mostBytes) {
        this.named = folder;
        this.mostBytes = mostBytes;
    }

    long mostBytes() {
        return mostBytes;
    }

    Lease lease(String team) {
        return new Lease(this, team);
    }

    synchronized OpenCache open() throws IOException {
        if (open == null) {
            open = OpenCache.in(createFolder(named), mostBytes);
        }
        return open;
    }

    /** Its leases end with it. */
    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    /** Of the worker's user alone, where the file system knows users. */
    private static Path createFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (UnsupportedOperationException e) {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            requireOwn(folder);
        }
        return folder.toRealPath();
    }

    /** Another worker's, or this one's from before. What others may write into could hold what nobody has checked. */
    private static void requireOwn(Path folder) throws IOException {
        Path written = Files.createTempFile(folder, "owner", null);
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            boolean shared = permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
            if (shared || !Files.getOwner(written).equals(Files.getOwner(folder))) {
                throw new IOException("stepsampler.cache-folder is " + folder
                        + "; it must belong to the worker's user, and nobody else may write there");
            }
        } catch (UnsupportedOperationException e) {
            // a file system that knows no users
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
