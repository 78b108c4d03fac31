package io.stepsampler.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Passwords made at the first start and kept beside the data, readable by the owner only. */
final class StoredPasswords {

    private static final int PASSWORD_BYTES = 24;

    private final Properties passwords = new Properties();

    static StoredPasswords in(Path folder) throws IOException {
        StoredPasswords stored = new StoredPasswords();
        Path file = folder.resolve("passwords.properties");
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                stored.passwords.load(reader);
            }
            return stored;
        }
        stored.passwords.setProperty(EmbeddedDatabase.SUPERUSER, random());
        for (String service : EmbeddedDatabase.SERVICES) {
            stored.passwords.setProperty(service, random());
        }
        stored.write(file);
        return stored;
    }

    /** A file that holds half of them would keep the owner out for good. */
    private void write(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        createPrivate(draft);
        try (Writer writer = Files.newBufferedWriter(draft)) {
            passwords.store(writer, null);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    String of(String role) {
        String password = passwords.getProperty(role);
        if (password == null) {
            throw new IllegalArgumentException("no role " + role + "; the roles are " + EmbeddedDatabase.SERVICES);
        }
        return password;
    }

    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
