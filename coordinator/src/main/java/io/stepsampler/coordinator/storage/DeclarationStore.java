package io.stepsampler.coordinator.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stepsampler.coordinator.deployment.Declaration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of teams, pools, templates and triggers. Every method works in the caller's transaction. */
public final class DeclarationStore {

    private DeclarationStore() {}

    /** Who may change a declaration. */
    public enum Owner {
        /** Those who call. */
        API,
        /** The deployment's files and settings alone. */
        DEPLOYMENT
    }

    /** Lets one change at a time be made, and tells every replica of it. */
    public static void change(Handle transaction) {
        transaction
                .createUpdate("update declaration_version set version = version + 1")
                .execute();
    }

    public static long version(Handle transaction) {
        return transaction
                .createQuery("select version from declaration_version")
                .mapTo(Long.class)
                .one();
    }

    public static List<StoredDeclaration> all(Handle transaction) {
        return transaction
                .createQuery("select * from declaration order by kind, team, name")
                .map((row, context) -> stored(row))
                .list();
    }

    public static Optional<StoredDeclaration> find(Handle transaction, Declaration.Id id) {
        return transaction
                .createQuery("select * from declaration where kind = :kind and team = :team and name = :name")
                .bind("kind", id.kind().name())
                .bind("team", id.team())
                .bind("name", id.name())
                .map((row, context) -> stored(row))
                .findOne();
    }

    public static void put(Handle transaction, Declaration.Id id, JsonNode document, Owner owner) {
        transaction
                .createUpdate("insert into declaration (kind, team, name, document, owner)"
                        + " values (:kind, :team, :name, :document::jsonb, :owner) on conflict (kind, team, name)"
                        + " do update set document = excluded.document, owner = excluded.owner, changed_at = now()")
                .bind("kind", id.kind().name())
                .bind("team", id.team())
                .bind("name", id.name())
                .bind("document", document.toString())
                .bind("owner", owner.name())
                .execute();
    }

    public static void remove(Handle transaction, Declaration.Id id) {
        transaction
                .createUpdate("delete from declaration where kind = :kind and team = :team and name = :name")
                .bind("kind", id.kind().name())
                .bind("team", id.team())
                .bind("name", id.name())
                .execute();
    }

    private static StoredDeclaration stored(ResultSet row) throws SQLException {
        return new StoredDeclaration(
                new Declaration.Id(
                        Declaration.Kind.valueOf(row.getString("kind")), row.getString("team"), row.getString("name")),
                SearchStore.parse(row.getString("document"), ObjectNode.class),
                Owner.valueOf(row.getString("owner")),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
