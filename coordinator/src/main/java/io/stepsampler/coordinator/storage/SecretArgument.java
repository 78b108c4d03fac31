package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.webhooks.SigningSecret;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.StatementContext;

/** A secret in a statement: where the statement fails, its arguments stand in the exception, and this one as dots. */
record SecretArgument(SigningSecret secret) implements Argument {

    @Override
    public void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
        statement.setString(position, secret.text());
    }
}
