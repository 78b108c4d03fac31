package io.stepsampler.coordinator.storage;

import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.messages.ApiKey;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of API keys. Every method works in the caller's transaction. */
public final class ApiKeyStore {

    private ApiKeyStore() {}

    public static void insert(Handle transaction, ApiKey key, StoredKey stored) {
        transaction
                .createUpdate("insert into api_key (key_id, name, team, role, digest, created_by, expires_at)"
                        + " values (:keyId, :name, :team, :role, :digest, :createdBy, :expiresAt)")
                .bind("keyId", key.keyId())
                .bind("name", stored.name())
                .bind("team", stored.team())
                .bind("role", stored.role().name())
                .bind("digest", key.digest())
                .bind("createdBy", stored.createdBy())
                .bind("expiresAt", stored.expiresAt())
                .execute();
    }

    /** Empty where the key is unknown, expired or revoked, or its secret is another one. */
    public static Optional<StoredKey> valid(Handle transaction, ApiKey key) {
        return transaction
                .createQuery("select * from api_key where key_id = :keyId and revoked_at is null"
                        + " and (expires_at is null or expires_at > now())")
                .bind("keyId", key.keyId())
                .map((row, context) -> MessageDigest.isEqual(row.getBytes("digest"), key.digest())
                        ? Optional.of(stored(row))
                        : Optional.<StoredKey>empty())
                .findOne()
                .flatMap(found -> found);
    }

    /** Those that are neither expired nor revoked. */
    public static List<StoredKey> valid(Handle transaction, List<String> keyIds) {
        return transaction
                .createQuery("select * from api_key where key_id = any(:keyIds) and revoked_at is null"
                        + " and (expires_at is null or expires_at > now())")
                .bindArray("keyIds", String.class, keyIds)
                .map((row, context) -> stored(row))
                .list();
    }

    /** In the order in which they were made; those revoked too. */
    public static List<StoredKey> ofTeam(Handle transaction, String team) {
        return transaction
                .createQuery("select * from api_key where team = :team order by created_at, key_id")
                .bind("team", team)
                .map((row, context) -> stored(row))
                .list();
    }

    public static Optional<StoredKey> find(Handle transaction, String team, String keyId) {
        return transaction
                .createQuery("select * from api_key where team = :team and key_id = :keyId for update")
                .bind("team", team)
                .bind("keyId", keyId)
                .map((row, context) -> stored(row))
                .findOne();
    }

    public static void revoke(Handle transaction, String keyId) {
        transaction
                .createUpdate("update api_key set revoked_at = coalesce(revoked_at, now()) where key_id = :keyId")
                .bind("keyId", keyId)
                .execute();
    }

    /** Revokes every key of a team. */
    public static void revokeAllOf(Handle transaction, String team) {
        transaction
                .createUpdate("update api_key set revoked_at = now() where team = :team and revoked_at is null")
                .bind("team", team)
                .execute();
    }

    /** Whether another key may take its place: it is valid, and none has. */
    public static boolean isInUse(Handle transaction, String keyId) {
        return transaction
                .createQuery("select exists (select 1 from api_key where key_id = :keyId and revoked_at is null"
                        + " and rotated_at is null and (expires_at is null or expires_at > now()))")
                .bind("keyId", keyId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Another key has taken its place: it lasts for a while, but no longer than it would have. */
    public static void rotated(Handle transaction, String keyId, Duration overlap) {
        transaction
                .createUpdate("update api_key set rotated_at = now(),"
                        + " expires_at = least(expires_at, now() + make_interval(secs => :seconds))"
                        + " where key_id = :keyId")
                .bind("keyId", keyId)
                .bind("seconds", (double) overlap.toSeconds())
                .execute();
    }

    private static StoredKey stored(ResultSet row) throws SQLException {
        return new StoredKey(
                row.getString("key_id"),
                row.getString("name"),
                row.getString("team"),
                Role.valueOf(row.getString("role")),
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "revoked_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
