package io.stepsampler.worker.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 in the making, written in lower-case hexadecimal. */
public final class Digest {

    private static final int BUFFER_BYTES = 1 << 16;

    private final MessageDigest sha256;

    public Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static String of(byte[] content) {
        return new Digest().add(ByteBuffer.wrap(content)).hex();
    }

    static String of(Path file) throws IOException {
        Digest digest = new Digest();
        try (InputStream content = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.add(ByteBuffer.wrap(buffer, 0, read));
            }
        }
        return digest.hex();
    }

    /**
     * @param key where the search names the file, such as {@code model.checkpoint}
     * @param expected what the search gives beside it, in either case
     */
    static void requireEqual(String key, String location, String expected, String actual) throws Refusal {
        if (!expected.equalsIgnoreCase(actual)) {
            throw Refusal.badInput(
                    key.substring(0, key.lastIndexOf('.') + 1) + "sha256",
                    expected,
                    "the file " + location + " has the SHA-256 " + actual + " instead");
        }
    }

    public Digest add(ByteBuffer content) {
        sha256.update(content);
        return this;
    }

    public Digest add(String text) {
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
