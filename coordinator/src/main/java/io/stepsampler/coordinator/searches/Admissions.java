package io.stepsampler.coordinator.searches;

import io.quarkus.scheduler.Scheduled;
import io.stepsampler.coordinator.admission.Admission;
import io.stepsampler.coordinator.admission.PoolLoad;
import io.stepsampler.coordinator.admission.Share;
import io.stepsampler.coordinator.admission.Waiting;
import io.stepsampler.coordinator.deployment.Limits;
import io.stepsampler.coordinator.deployment.TeamLoad;
import io.stepsampler.coordinator.storage.LoadStore;
import io.stepsampler.coordinator.storage.PoolStore;
import io.stepsampler.coordinator.storage.SearchStore;
import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.coordinator.teams.KnownDeployment;
import io.stepsampler.coordinator.teams.Teams;
import io.stepsampler.delivery.Outbox;
import io.stepsampler.delivery.OutgoingMessage;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.TopicNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts waiting searches while there is room: tells the analyzer, and sends the baseline to the workers. */
@ApplicationScoped
public class Admissions {

    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

    /** Of a trial, where none was measured yet. */
    private static final double USUAL_SECONDS = 1;

    private final Jdbi database;
    private final TopicNames topics;
    private final FirstProbes firstProbes;
    private final Teams teams;
    private final KnownDeployment deployment;

    Admissions(Jdbi database, TopicNames topics, FirstProbes firstProbes, Teams teams, KnownDeployment deployment) {
        this.database = database;
        this.topics = topics;
        this.firstProbes = firstProbes;
        this.teams = teams;
        this.deployment = deployment;
    }

    /** Room also appears when a worker comes, which nobody tells. */
    @Scheduled(
            every = "1s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void admitEverywhere() {
        deployment.current().poolNames().forEach(this::tryToAdmit);
    }

    /** Holds up neither other pools nor what is stored already: where it fails, the next turn comes within a second. */
    void tryToAdmit(String pool) {
        try {
            admit(pool);
        } catch (RuntimeException e) {
            LOG.warn("pool {} cannot be looked at now", pool, e);
        }
    }

    void admit(String pool) {
        boolean admitted = true;
        while (admitted) {
            admitted = database.inTransaction(transaction -> admitOne(transaction, pool));
        }
    }

    private boolean admitOne(Handle transaction, String pool) {
        if (PoolStore.waiting(transaction, pool).isEmpty() && !PoolStore.hasActiveTeam(transaction, pool)) {
            return false;
        }
        PoolStore.lock(transaction, pool);
        List<Waiting> waiting = belowLimits(transaction, PoolStore.waiting(transaction, pool));
        double virtualTime = PoolStore.virtualTime(transaction, pool);
        PoolLoad load = load(transaction, pool, waiting, virtualTime);
        Optional<Waiting> next = Admission.next(waiting, load);
        next.flatMap(first -> SearchStore.lock(transaction, first.searchId()))
                .filter(stored -> stored.search().state() == SearchState.QUEUED)
                .ifPresent(stored -> {
                    Share share = load.shareOf(stored.search().team());
                    PoolStore.keepVirtualTime(transaction, pool, share.virtualTimeAfter(virtualTime));
                    start(transaction, stored);
                });
        return next.isPresent();
    }

    /** Of teams that may start another search now. */
    private List<Waiting> belowLimits(Handle transaction, List<Waiting> waiting) {
        List<String> limited = waiting.stream()
                .map(Waiting::team)
                .filter(team -> !teams.limits(team).equals(Limits.NONE))
                .toList();
        if (limited.isEmpty()) {
            return waiting;
        }
        // the limits are those of all pools together
        LoadStore.lockTeams(transaction, limited);
        Map<String, TeamLoad> loads = LoadStore.ofTeams(transaction, limited);
        return waiting.stream()
                .filter(search ->
                        teams.limits(search.team()).allowStart(loads.getOrDefault(search.team(), TeamLoad.NONE)))
                .toList();
    }

    /** Remembers who is active now, so that who rests is seen to come back. */
    private PoolLoad load(Handle transaction, String pool, List<Waiting> waiting, double virtualTime) {
        double secondsPerProbe = PoolStore.secondsPerProbe(transaction, pool).orElse(USUAL_SECONDS);
        List<PoolLoad.Running> running = PoolStore.running(transaction, pool);
        Map<String, Double> busy = new HashMap<>();
        waiting.forEach(search -> busy.put(search.team(), teams.weight(search.team())));
        running.forEach(search -> busy.put(search.team(), teams.weight(search.team())));
        Map<String, Share> shares = Share.awake(PoolStore.shares(transaction, pool, teams::weight), busy, virtualTime);
        PoolStore.keep(transaction, pool, shares);
        return new PoolLoad(PoolStore.slotsAlive(transaction, pool), running, shares, secondsPerProbe);
    }

    private void start(Handle transaction, StoredSearch stored) {
        Search queued = stored.search();
        Search running = new Search(
                queued.searchId(), queued.team(), queued.revision() + 1, SearchState.RUNNING, queued.specification());
        SearchStore.start(transaction, running, Findings.inState(stored.finding(), SearchState.RUNNING));
        Outbox.add(transaction, OutgoingMessage.json(topics.searches(), running.searchId(), running));
        firstProbes.sendBaseline(transaction, running);
    }
}
