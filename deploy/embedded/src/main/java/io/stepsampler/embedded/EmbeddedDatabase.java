package io.stepsampler.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Postgres server below this process, listening on the loopback interface only, with the database
 * {@code stepsampler} and a role and schema for each service. Its log is {@code server.log} in the folder.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    public static final List<String> SERVICES = List.of("coordinator", "analyzer");

    static final String NAME = "stepsampler";
    static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres server;
    private final StoredPasswords passwords;
    private final FolderLock lock;
    private final Path dataFolder;
    private volatile boolean closing;

    private EmbeddedDatabase(EmbeddedPostgres server, Path dataFolder, StoredPasswords passwords, FolderLock lock) {
        this.server = server;
        this.dataFolder = dataFolder;
        this.passwords = passwords;
        this.lock = lock;
    }

    /**
     * Returns when the server accepts connections. What an earlier server stored in the folder is there again.
     *
     * @param port 0 picks a free one
     */
    public static EmbeddedDatabase start(Path folder, int port) throws IOException {
        FolderLock lock = FolderLock.acquire(folder);
        Path realFolder = folder.toRealPath();
        try {
            DataFolder data = new DataFolder(realFolder);
            stopStaleServer(data.path());
            data.clearWhatWasNotCompleted();
            StoredPasswords passwords = StoredPasswords.in(realFolder);
            EmbeddedPostgres server = startServer(realFolder, LoopbackPort.orFree(port), passwords.of(SUPERUSER));
            EmbeddedDatabase database = new EmbeddedDatabase(server, data.path(), passwords, lock);
            database.prepare();
            data.markCompleted();
            return database;
        } catch (RuntimeException | IOException e) {
            lock.close();
            throw new IOException("Postgres in " + folder + " did not start: " + e.getMessage(), e);
        }
    }

    /** The address without user and password, the same for every service. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + NAME;
    }

    /** The address with the service's user and password. */
    public String jdbcUrl(String service) {
        return jdbcUrl() + "?user=" + service + "&password=" + password(service);
    }

    public String password(String service) {
        return passwords.of(service);
    }

    /** Runs the action when the server ends though nobody closed it. */
    void onUnexpectedEnd(Runnable action) throws IOException {
        Postmaster postmaster =
                Postmaster.of(dataFolder).orElseThrow(() -> new IOException("Postgres ended as soon as it was ready"));
        Thread watch = new Thread(
                () -> {
                    postmaster.process().onExit().join();
                    if (!closing) {
                        action.run();
                    }
                },
                "postmaster-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        server.close();
        lock.close();
    }

    private static void stopStaleServer(Path dataFolder) throws IOException {
        try {
            Optional<Postmaster> stale = Postmaster.of(dataFolder);
            if (stale.isPresent()) {
                stale.get().stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while stopping an earlier server", e);
        }
    }

    private static EmbeddedPostgres startServer(Path folder, int port, String superuserPassword) throws IOException {
        Path passwordFile = folder.resolve("initial-password");
        Files.deleteIfExists(passwordFile);
        StoredPasswords.createPrivate(passwordFile);
        Files.writeString(passwordFile, superuserPassword);
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binariesFolder().toFile())
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setConnectConfig("password", superuserPassword)
                    // these become options of initdb; its earlier "-A trust" would let any local user in
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("shared_buffers", "32MB")
                    .setOutputRedirector(ProcessBuilder.Redirect.to(
                            folder.resolve("server.log").toFile()))
                    .start();
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** One copy of the binaries for each user: a folder shared by users could hold another's programs. */
    private static Path binariesFolder() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("user.home"), ".cache", NAME, "postgres"));
    }

    private void prepare() throws IOException {
        Map<String, String> login = Map.of("password", passwords.of(SUPERUSER));
        try (Connection superuser =
                server.getDatabase(SUPERUSER, SUPERUSER, login).getConnection()) {
            ServiceSchemas.createDatabase(superuser);
        } catch (SQLException e) {
            server.close();
            throw new IOException("cannot create the database " + NAME, e);
        }
        try (Connection superuser = server.getDatabase(SUPERUSER, NAME, login).getConnection()) {
            ServiceSchemas.createSchemas(superuser, passwords);
        } catch (SQLException e) {
            server.close();
            throw new IOException("cannot create the services' schemas", e);
        }
    }
}
