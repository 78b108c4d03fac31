package io.stepsampler.delivery;

import io.stepsampler.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A real Postgres with the tables of delivery. */
record DeliveryDatabase(EmbeddedDatabase server, Jdbi jdbi) implements AutoCloseable {

    static DeliveryDatabase start(Path folder) throws IOException {
        EmbeddedDatabase server = EmbeddedDatabase.start(folder, 0);
        Jdbi jdbi = Jdbi.create(server.jdbcUrl("analyzer"));
        try (InputStream migration =
                Objects.requireNonNull(Outbox.class.getResourceAsStream("/db/delivery/V0_1__delivery.sql"))) {
            String script = new String(migration.readAllBytes(), StandardCharsets.UTF_8);
            jdbi.useHandle(handle -> handle.createScript(script).execute());
        }
        return new DeliveryDatabase(server, jdbi);
    }

    /** As another process. */
    Jdbi connect() {
        return Jdbi.create(server.jdbcUrl("analyzer"));
    }

    /** As if the messages had waited. */
    void holdNothing() {
        jdbi.useHandle(handle -> handle.execute("update outbox set due_at = now()"));
    }

    /** So that no relay finds in the table what the transaction has stored. */
    static void hide(Handle transaction) {
        transaction.execute("update outbox set due_at = now() + interval '1 hour'");
    }

    /** Messages that no relay takes for forgotten within the next minute. */
    int held() {
        return count("select count(*) from outbox where due_at > now() + interval '1 minute'");
    }

    void empty() {
        jdbi.useHandle(handle -> handle.execute("delete from outbox"));
    }

    /** Messages in the outbox. */
    int waiting() {
        return count("select count(*) from outbox");
    }

    private int count(String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
