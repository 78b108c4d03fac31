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

    /** Only one transaction at a time changes declarations, and none while another holds them. */
    public static void lock(Handle transaction) {
        lock(transaction, "pg_advisory_xact_lock");
    }

    /** What is declared stays as it is until the transaction ends: for what is stored because of it. */
    public static void hold(Handle transaction) {
        lock(transaction, "pg_advisory_xact_lock_shared");
    }

    private static void lock(Handle transaction, String kind) {
        transaction
                .createQuery("select 1 from (select " + kind + "(hashtext('declarations'))) locked")
                .mapTo(Integer.class)
                .one();
    }

    /** One more with every change, so that replicas see that there was one. */
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

    /** A team's of one kind, in the order of their names. */
    public static List<StoredDeclaration> of(Handle transaction, Declaration.Kind kind, String team) {
        return transaction
                .createQuery("select * from declaration where kind = :kind and team = :team order by name")
                .bind("kind", kind.name())
                .bind("team", team)
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

    /** Whether that changes anything. */
    public static boolean put(Handle transaction, Declaration.Id id, JsonNode document, Owner owner) {
        int stored = transaction
                .createUpdate("insert into declaration (kind, team, name, document, owner)"
                        + " values (:kind, :team, :name, :document::jsonb, :owner) on conflict (kind, team, name)"
                        + " do update set document = excluded.document, owner = excluded.owner, changed_at = now(),"
                        + " leaving = false, adopted = declaration.adopted or declaration.owner <> excluded.owner"
                        + " where declaration.document <> excluded.document or declaration.owner <> excluded.owner"
                        + " or declaration.leaving")
                .bind("kind", id.kind().name())
                .bind("team", id.team())
                .bind("name", id.name())
                .bind("document", document.toString())
                .bind("owner", owner.name())
                .execute();
        if (stored == 1) {
            raiseVersion(transaction);
        }
        return stored == 1;
    }

    private static void raiseVersion(Handle transaction) {
        transaction
                .createUpdate("update declaration_version set version = version + 1")
                .execute();
    }

    /** Callers may change it again, as before it was adopted. */
    public static void giveBack(Handle transaction, Declaration.Id id) {
        update(transaction, id, "owner = 'API', adopted = false");
    }

    /** No file declares it any more. */
    public static void leave(Handle transaction, Declaration.Id id) {
        update(transaction, id, "leaving = true");
    }

    private static void update(Handle transaction, Declaration.Id id, String changes) {
        raiseVersion(transaction);
        transaction
                .createUpdate("update declaration set " + changes + ", changed_at = now()"
                        + " where kind = :kind and team = :team and name = :name")
                .bind("kind", id.kind().name())
                .bind("team", id.team())
                .bind("name", id.name())
                .execute();
    }

    public static void remove(Handle transaction, Declaration.Id id) {
        raiseVersion(transaction);
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
                row.getBoolean("adopted"),
                row.getBoolean("leaving"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
