package io.stepsampler.coordinator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.storage.StoredKey;
import io.stepsampler.coordinator.teams.ApiKeys;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A team's API keys. */
@Path("/api/v1/teams/{team}/api-keys")
@Blocking
@RolesAllowed(Role.TEAM_ADMIN_NAME)
public class ApiKeyResource {

    private static final int LONGEST_NAME = 100;

    private final ApiKeys keys;
    private final ReachedTeams teams;
    private final CurrentCaller caller;

    ApiKeyResource(ApiKeys keys, ReachedTeams teams, CurrentCaller caller) {
        this.keys = keys;
        this.teams = teams;
        this.caller = caller;
    }

    /** A key as it is answered; {@code apiKey}, with the secret, once. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            String keyId,
            @Nullable String apiKey,
            String name,
            String team,
            String role,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {

        static Answer of(StoredKey key, @Nullable String apiKey) {
            return new Answer(
                    key.keyId(),
                    apiKey,
                    key.name(),
                    key.team(),
                    key.role().label(),
                    key.createdBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.revokedAt());
        }

        /** Without the secret: it must not stand in a log. */
        @Override
        public String toString() {
            return "Answer[keyId=" + keyId + "]";
        }
    }

    record Page(List<Answer> apiKeys) {

        Page {
            apiKeys = List.copyOf(apiKeys);
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    public Response make(@PathParam("team") String team, String text) {
        return teams.withStaying(team, () -> {
            Role highest = caller.get().role();
            JsonBody body = JsonBody.read(text, List.of("name", "role", "expiresAt"));
            Optional<String> name = body.required(
                    "name",
                    "must be 1 to " + LONGEST_NAME + " characters",
                    given -> Optional.of(given).filter(known -> !known.isBlank() && known.length() <= LONGEST_NAME));
            Optional<Role> role = body.required(
                    "role",
                    "allowed: " + String.join(", ", highest.included()),
                    given -> Role.of(given).filter(highest::includes));
            Optional<Instant> expiresAt = body.value(
                    "expiresAt",
                    "must be a time to come such as " + ApiKeys.LATEST,
                    given -> JsonBody.instant(given)
                            .filter(time -> time.isAfter(Instant.now()) && !time.isAfter(ApiKeys.LATEST)));
            if (!body.refusals().isEmpty()) {
                return Problem.refused(body.refusals()).response();
            }
            return keys.make(caller.get(), team, name.orElseThrow(), role.orElseThrow(), expiresAt.orElse(null))
                    .map(ApiKeyResource::created)
                    .orElseGet(() -> Problem.notFound("team", team).response());
        });
    }

    @GET
    public Response list(@PathParam("team") String team) {
        return teams.with(
                team,
                () -> Answers.json(new Page(keys.list(team).stream()
                        .map(key -> Answer.of(key, null))
                        .toList())));
    }

    @DELETE
    @Path("{keyId}")
    public Response revoke(@PathParam("team") String team, @PathParam("keyId") String keyId) {
        return teams.with(
                team,
                () -> keys.revoke(caller.get(), team, keyId)
                        .map(key -> Answers.json(Answer.of(key, null)))
                        .orElseGet(() -> noKey(keyId)));
    }

    /** The body may say how long the former key lasts: {@code {"overlap": "PT1H"}}. */
    @POST
    @Path("{keyId}/rotate")
    @Consumes(MediaType.WILDCARD)
    public Response rotate(@PathParam("team") String team, @PathParam("keyId") String keyId, String text) {
        return teams.with(team, () -> {
            Rotation rotation = Rotation.read(text);
            if (!rotation.refusals().isEmpty()) {
                return Problem.refused(rotation.refusals()).response();
            }
            return keys.rotate(caller.get(), team, keyId, rotation.overlap())
                    .map(ApiKeyResource::created)
                    .orElseGet(() -> Problem.notFound("API key in use", keyId).response());
        });
    }

    private static Response created(ApiKeys.Made made) {
        return Answers.createdWithSecret(Answer.of(made.stored(), made.key().text()));
    }

    private static Response noKey(String keyId) {
        return Problem.notFound("API key", keyId).response();
    }
}
