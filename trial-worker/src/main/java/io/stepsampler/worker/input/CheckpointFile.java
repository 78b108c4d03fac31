package io.stepsampler.worker.input;

import io.stepsampler.messages.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of a stored checkpoint, read once and held, so that no trial can see a file that has changed since. */
public final class CheckpointFile {

    public static final String KEY = "model.checkpoint";

    private final String location;
    private final byte[] content;
    private final String digest;

    private CheckpointFile(String location, byte[] content, String digest) {
        this.location = location;
        this.content = content;
        this.digest = digest;
    }

    /** @param expectedDigest the SHA-256 that the search names, if it names one */
    public static CheckpointFile read(
            Checkpoint.Stored checkpoint, @Nullable String expectedDigest, Locations locations) throws Refusal {
        byte[] content = read(locations.file(KEY, checkpoint.uri(), expectedDigest), checkpoint.uri());
        String digest = Digest.of(content);
        if (expectedDigest != null) {
            // Again, on the bytes that are kept: the file may have changed since it was checked.
            Digest.requireEqual(KEY, checkpoint.uri(), expectedDigest, digest);
        }
        return new CheckpointFile(checkpoint.uri(), content, digest);
    }

    private static byte[] read(Path path, String location) throws Refusal {
        try {
            return Files.readAllBytes(path);
        } catch (IOException | OutOfMemoryError e) {
            throw Refusal.badInput(KEY, location, "it cannot be read (" + e + ")");
        }
    }

    public String location() {
        return location;
    }

    /** Must not be changed. */
    public byte[] content() {
        return content;
    }

    public String digest() {
        return digest;
    }
}
