package io.stepsampler.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files had taken over before it was remembered that callers had made it. */
class AdoptedBeforeTest {

    private static final String FILES = "declared files";

    @Test
    void theAuditTellsWhatCallersHadMade(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(folder, 0)) {
            String url = server.jdbcUrl("coordinator");
            migrate(url, "12");
            try (Handle database = Jdbi.create(url).open()) {
                declare(database, "TEAM", "", "of-callers", "DEPLOYMENT");
                audit(database, "key a (b)", "of-callers", "create team", "of-callers");
                audit(database, FILES, "of-callers", "change team", "of-callers");

                declare(database, "TEAM", "", "of-files", "DEPLOYMENT");
                audit(database, FILES, "of-files", "create team", "of-files");
                audit(database, "key a (b)", "of-files", "create API key", "c (d)");

                declare(database, "TEAM", "", "of-files-at-last", "DEPLOYMENT");
                audit(database, "key a (b)", "of-files-at-last", "create team", "of-files-at-last");
                audit(database, "key a (b)", "of-files-at-last", "remove team", "of-files-at-last");
                audit(database, FILES, "of-files-at-last", "create team", "of-files-at-last");

                declare(database, "TEAM", "", "with-keys", "DEPLOYMENT");
                audit(database, "key a (b)", "with-keys", "create API key", "c (d)");
                declare(database, "TEAM", "", "without-any", "DEPLOYMENT");

                declare(database, "POOL", "", "lab", "DEPLOYMENT");
                audit(database, "key a (b)", "local", "create pool", "lab");
                declare(database, "TEMPLATE", "of-files", "nightly", "DEPLOYMENT");
                audit(database, "key a (b)", "of-files", "create template", "nightly");
                declare(database, "TEMPLATE", "of-callers", "nightly", "DEPLOYMENT");
                audit(database, FILES, "of-callers", "create template", "nightly");
                declare(database, "TEMPLATE", "of-callers", "weekly", "API");
                audit(database, "key a (b)", "of-callers", "create template", "weekly");

                migrate(url, "13");

                assertThat(adopted(database)).containsExactly("lab", "nightly of of-files", "of-callers", "with-keys");
            }
        }
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("db/delivery", "db/migration")
                .target(version)
                .load()
                .migrate();
    }

    private static void declare(Handle database, String kind, String team, String name, String owner) {
        database.execute(
                "insert into declaration (kind, team, name, document, owner) values (?, ?, ?, '{}', ?)",
                kind,
                team,
                name,
                owner);
    }

    private static void audit(Handle database, String caller, String team, String action, String subject) {
        database.execute(
                "insert into audit (caller, team, action, subject) values (?, ?, ?, ?)", caller, team, action, subject);
    }

    private static List<String> adopted(Handle database) {
        return database.createQuery("select name || case team when '' then '' else ' of ' || team end from declaration"
                        + " where adopted order by 1")
                .mapTo(String.class)
                .list();
    }
}
