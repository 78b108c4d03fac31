package io.stepsampler.delivery;

import io.stepsampler.embedded.EmbeddedDatabase;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Postgres with the tables of delivery, for a class of tests; each finds an empty outbox. */
final class DeliveryDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private @Nullable Path folder;
    private @Nullable EmbeddedDatabase server;

    @Override
    public void beforeAll(ExtensionContext tests) throws IOException {
        folder = Files.createTempDirectory("delivery");
        server = EmbeddedDatabase.start(folder, 0);
        try (InputStream migration =
                Objects.requireNonNull(Outbox.class.getResourceAsStream("/db/delivery/V0_1__delivery.sql"))) {
            String script = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            connect().useHandle(handle -> handle.createScript(script).execute());
        }
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        connect().useHandle(handle -> handle.execute("delete from outbox"));
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        Objects.requireNonNull(server).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    /** As a process of its own. */
    Jdbi connect() {
        return Jdbi.create(Objects.requireNonNull(server).jdbcUrl("analyzer"));
    }

    /** As if the messages had waited. */
    void holdNothing() {
        connect().useHandle(handle -> handle.execute("update outbox set due_at = now()"));
    }

    /** As if the time had passed for which messages are left to the process that stored them. */
    void endHold() {
        connect()
                .useHandle(handle ->
                        handle.execute("update outbox set due_at = now() where due_at < now() + interval '1 minute'"));
    }

    /** So that no relay finds in the table what the transaction has stored. */
    static void hide(Handle transaction) {
        transaction.execute("update outbox set due_at = now() + interval '1 hour'");
    }

    /** Messages that no relay takes for forgotten within the next minute. */
    int held() {
        return count("select count(*) from outbox where due_at > now() + interval '1 minute'");
    }

    /** Messages that nobody sends any more. */
    int setAside() {
        return count("select count(*) from outbox where due_at = 'infinity'");
    }

    /** Messages in the outbox. */
    int waiting() {
        return count("select count(*) from outbox");
    }

    private int count(String query) {
        return connect()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }
}
