package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a folder for one owner. The operating system releases it when the owner dies, however it dies. */
public final class FolderLock implements AutoCloseable {

    private static final String FILE_NAME = "lock";

    /** Closing any channel of a file drops the process's locks on it, so a second attempt here must not open one. */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Creates the folder where it is missing. */
    public static FolderLock acquire(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path realFolder = folder.toRealPath();
        String ownProcess = Long.toString(ProcessHandle.current().pid());
        if (!HELD_BY_THIS_PROCESS.add(realFolder)) {
            throw new FolderInUse(folder, ownProcess);
        }
        Path file = realFolder.resolve(FILE_NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            HELD_BY_THIS_PROCESS.remove(realFolder);
            throw new FolderInUse(folder, Files.readString(file).strip());
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(ownProcess.getBytes(StandardCharsets.US_ASCII)));
        return new FolderLock(realFolder, channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_BY_THIS_PROCESS.remove(folder);
    }
}
