package io.stepsampler.coordinator.searches;

import io.stepsampler.coordinator.deployment.Limits;
import io.stepsampler.coordinator.identity.Caller;
import io.stepsampler.coordinator.storage.AuditStore;
import io.stepsampler.coordinator.storage.IdempotencyStore;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Takes searches in: each once, and none that the team may not have. */
@Singleton
public final class Submissions {

    private final Jdbi database;
    private final SubmissionRules rules;
    private final Teams teams;
    private final Admissions admissions;

    Submissions(Jdbi database, SubmissionRules rules, Teams teams, Admissions admissions) {
        this.database = database;
        this.rules = rules;
        this.teams = teams;
        this.admissions = admissions;
    }

    /** The same id a second time gives the search that is there already. */
    public Submission submit(Caller caller, UUID searchId, SearchSpecification specification) {
        return submitted(caller, specification, transaction -> {
            Optional<Submission> former = found(transaction, caller, searchId);
            return former.or(() -> refused(transaction, caller.team(), specification)
                            .map(refused -> found(transaction, caller, searchId).orElse(refused)))
                    .orElseGet(() -> insert(transaction, caller, searchId, specification));
        });
    }

    /** A request that was made before with the same key gives the search that it made. */
    public Submission submitOnce(Caller caller, String key, String bodyDigest, SearchSpecification specification) {
        UUID searchId = UUID.randomUUID();
        return submitted(caller, specification, transaction -> {
            Optional<IdempotencyStore.Made> known = IdempotencyStore.find(transaction, caller.team(), key);
            if (known.isPresent()) {
                return made(transaction, caller, known.get(), bodyDigest);
            }
            Optional<Submission> refused = refused(transaction, caller.team(), specification);
            if (refused.isPresent()) {
                // the same request may have had the last place, while this one waited
                return IdempotencyStore.find(transaction, caller.team(), key)
                        .map(former -> made(transaction, caller, former, bodyDigest))
                        .orElseGet(refused::get);
            }
            Optional<IdempotencyStore.Made> other = IdempotencyStore.take(
                    transaction, caller.team(), key, new IdempotencyStore.Made(bodyDigest, searchId));
            return other.map(former -> made(transaction, caller, former, bodyDigest))
                    .orElseGet(() -> insert(transaction, caller, searchId, specification));
        });
    }

    private interface Work {
        Submission in(Handle transaction);
    }

    private Submission submitted(Caller caller, SearchSpecification specification, Work work) {
        Submission submission = database.inTransaction(work::in);
        return submission instanceof Submission.Accepted accepted
                        && accepted.finding().state() == SearchState.QUEUED
                ? started(caller, accepted, specification.pool())
                : submission;
    }

    /** As it is when it has had its turn. */
    private Submission started(Caller caller, Submission.Accepted accepted, String pool) {
        admissions.tryToAdmit(pool);
        return database.withHandle(handle -> found(handle, caller, accepted.searchId()))
                .orElseThrow();
    }

    private static Optional<Submission> found(Handle transaction, Caller caller, UUID searchId) {
        return SearchStore.find(transaction, caller.team(), searchId)
                .map(StoredSearch::finding)
                .map(Submission.Accepted::new);
    }

    private static Submission made(Handle transaction, Caller caller, IdempotencyStore.Made former, String bodyDigest) {
        return former.digest().equals(bodyDigest)
                ? found(transaction, caller, former.searchId()).orElseGet(Submission.KeyUsed::new)
                : new Submission.KeyUsed();
    }

    /** Why the team may not have it; one that it has already is never asked for. */
    private Optional<Submission> refused(Handle transaction, String team, SearchSpecification specification) {
        List<Refusal> refusals = rules.refusals(transaction, team, specification);
        return refusals.isEmpty() ? full(transaction, team) : Optional.of(new Submission.Refused(refusals));
    }

    private Optional<Submission> full(Handle transaction, String team) {
        Limits limits = teams.limits(team);
        Integer allowed = limits.searchesQueued();
        if (allowed == null) {
            return Optional.empty();
        }
        LoadStore.lockTeams(transaction, List.of(team));
        int queued = LoadStore.ofTeam(transaction, team).searchesQueued();
        return limits.allowQueued(queued) ? Optional.empty() : Optional.of(new Submission.TooMany(team, allowed));
    }

    private static Submission insert(
            Handle transaction, Caller caller, UUID searchId, SearchSpecification specification) {
        Search search = new Search(searchId, caller.team(), 0, SearchState.QUEUED, specification);
        if (SearchStore.insert(transaction, search, Findings.queued(searchId, specification.name()))) {
            AuditStore.add(transaction, caller, caller.team(), "create search", searchId.toString());
        }
        return found(transaction, caller, searchId).orElseThrow();
    }
}
