package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.deployment.Pool;
import io.stepsampler.coordinator.storage.CostStore;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.json.MessageJson;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Jdbi;

/** Says what a search will cost before it starts: as the team's searches of that kind did, else those of every team. */
@Singleton
public final class Estimates {

    private final Jdbi database;
    private final KnownDeployment known;

    Estimates(Jdbi database, KnownDeployment known) {
        this.database = database;
        this.known = known;
    }

    public Estimate of(String team, SearchSpecification specification) {
        String pool = specification.pool();
        String family = MessageJson.mapper()
                .valueToTree(specification.model())
                .path("family")
                .asText();
        CostStore.Spent spent = database.withHandle(handle -> {
            CostStore.Spent own = CostStore.lately(handle, pool, family, team);
            return own.searches() > 0 ? own : CostStore.lately(handle, pool, family, null);
        });
        return Estimate.of(
                specification,
                spent,
                known.current().pool(pool).map(Pool::price).orElse(null));
    }
}
