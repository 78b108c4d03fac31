package io.stepsampler.coordinator.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.stepsampler.coordinator.deployment.RequestRate;
import io.stepsampler.coordinator.security.CurrentCaller;
import io.stepsampler.coordinator.teams.Teams;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Answers a team that sends more requests a second than it may. */
@Singleton
class RequestLimit {

    private final Teams teams;
    private final SecurityIdentity identity;
    private final Map<String, RequestRate> rates = new ConcurrentHashMap<>();

    RequestLimit(Teams teams, SecurityIdentity identity) {
        this.teams = teams;
        this.identity = identity;
    }

    @ServerRequestFilter
    @Nullable
    Response limit() {
        return CurrentCaller.of(identity).map(caller -> limited(caller.team())).orElse(null);
    }

    private @Nullable Response limited(String team) {
        Double perSecond = teams.limits(team).requestsPerSecond();
        if (perSecond == null) {
            return null;
        }
        double wait = rates.computeIfAbsent(team, unknown -> new RequestRate()).take(perSecond, System.nanoTime());
        return wait == 0
                ? null
                : Problem.tooMany("team " + team + " may send " + perSecond + " requests a second")
                        .response(Duration.ofSeconds((long) Math.ceil(wait)));
    }
}
