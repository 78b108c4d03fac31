package io.stepsampler.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Runs Postgres below a process of its own: {@code DatabaseHost FOLDER PORT}. */
public final class DatabaseHost {

    private DatabaseHost() {}

    public static void main(String[] arguments) throws IOException {
        HostProcess.logWarningsOnly();
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        StringBuilder details = new StringBuilder("url=" + database.jdbcUrl());
        for (String service : EmbeddedDatabase.SERVICES) {
            details.append(' ').append(service).append('=').append(database.password(service));
        }
        database.onUnexpectedEnd(() -> HostProcess.fail("Postgres ended; see server.log in " + arguments[0]));
        HostProcess.serve(database, details.toString());
    }
}
