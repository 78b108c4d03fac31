package io.stepsampler.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @Test
    void aServiceSeesItsOwnSchemaOnlyAndItsRowsSurviveARestart(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            execute(database, "coordinator", "CREATE TABLE searches (name text)");
            execute(database, "coordinator", "INSERT INTO searches VALUES ('ants or bees')");
            assertThatThrownBy(() -> read(database, "analyzer", "SELECT name FROM coordinator.searches"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for schema coordinator");
            assertThatThrownBy(() -> execute(database, "analyzer", "CREATE TABLE public.searches (name text)"))
                    .hasMessageContaining("permission denied for schema public");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(read(database, "coordinator", "SELECT name FROM coordinator.searches"))
                    .isEqualTo("ants or bees");
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "guess"))
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("passwords.properties"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aFirstStartThatWasInterruptedIsBegunAgain(@TempDir Path folder) throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/global"));
        Files.writeString(data.resolveSibling("PG_VERSION"), "18");
        Files.createFile(data.resolveSibling("postgresql.conf"));
        Files.createFile(folder.resolve("data-is-not-complete"));
        Files.writeString(folder.resolve("passwords.properties.draft"), "postgres=ha");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, 0)) {
            assertThat(read(database, "analyzer", "SELECT 'well'")).isEqualTo("well");
        }
        assertThat(folder.resolve("data-is-not-complete")).doesNotExist();
        assertThat(folder.resolve("passwords.properties.draft")).doesNotExist();
    }

    @Test
    void theFirstStartIsMarkedUntilItIsComplete(@TempDir Path folder) throws Exception {
        DataFolder data = new DataFolder(folder);
        data.clearWhatWasNotCompleted();
        assertThat(folder.resolve("data-is-not-complete")).exists();
        data.markCompleted();
        Files.createDirectories(data.path().resolve("base"));
        data.clearWhatWasNotCompleted();
        assertThat(data.path().resolve("base")).exists();
    }

    @Test
    void twoServersRunBesideEachOther(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase one = EmbeddedDatabase.start(folder.resolve("one"), 0);
                EmbeddedDatabase two = EmbeddedDatabase.start(folder.resolve("two"), 0)) {
            execute(one, "analyzer", "CREATE TABLE curves (name text)");
            execute(two, "analyzer", "CREATE TABLE curves (name text)");
            assertThat(one.jdbcUrl()).isNotEqualTo(two.jdbcUrl());
        }
    }

    private static void execute(EmbeddedDatabase database, String service, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(service));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String read(EmbeddedDatabase database, String service, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(service));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
