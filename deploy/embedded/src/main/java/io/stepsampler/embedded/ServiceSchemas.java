package io.stepsampler.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One role and one schema for each service, and nothing of one that another could read. */
final class ServiceSchemas {

    private ServiceSchemas() {}

    static void createDatabase(Connection superuser) throws SQLException {
        if (!exists(superuser, "SELECT 1 FROM pg_database WHERE datname = '" + EmbeddedDatabase.NAME + "'")) {
            execute(superuser, "CREATE DATABASE " + EmbeddedDatabase.NAME);
        }
    }

    static void createSchemas(Connection superuser, StoredPasswords passwords) throws SQLException {
        execute(superuser, "REVOKE ALL ON DATABASE " + EmbeddedDatabase.NAME + " FROM PUBLIC");
        execute(superuser, "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        for (String service : EmbeddedDatabase.SERVICES) {
            if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = '" + service + "'")) {
                execute(superuser, "CREATE ROLE " + service + " LOGIN PASSWORD '" + passwords.of(service) + "'");
            }
            execute(superuser, "GRANT CONNECT ON DATABASE " + EmbeddedDatabase.NAME + " TO " + service);
            execute(superuser, "CREATE SCHEMA IF NOT EXISTS " + service + " AUTHORIZATION " + service);
            execute(
                    superuser,
                    "ALTER ROLE " + service + " IN DATABASE " + EmbeddedDatabase.NAME + " SET search_path = "
                            + service);
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
