package io.stepsampler.analyzer.messaging;

import io.stepsampler.analyzer.PlayedSearch;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import org.jdbi.v3.core.Jdbi;

/**
 * A search whose baseline is measured, and the first of its rates, of which nothing was told yet. There is one partition:
 * when another search has begun, all that was sent before has taken effect.
 */
record BegunSearch(TopicTap<CurveUpdate> curves, Jdbi database, PlayedSearch played, Probe probe) {

    static final Outcome CRASHED = new Outcome.Failed(Outcome.Code.CRASHED, null, null, "it crashed");

    static BegunSearch begin(TopicTap<CurveUpdate> curves, Jdbi database) {
        PlayedSearch played = begun(curves);
        return new BegunSearch(curves, database, played, played.firstRound().get(0));
    }

    private static PlayedSearch begun(TopicTap<CurveUpdate> curves) {
        PlayedSearch search = PlayedSearch.fresh();
        curves.send("searches", search.id(), search.search());
        curves.send("trials", search.id(), search.started(search.baseline()));
        curves.send("trials", search.id(), search.finished(search.baseline()));
        curves.first(update -> update.searchId().equals(search.id()));
        return search;
    }

    /** Returns when all that was sent has taken effect. */
    void settle() {
        begun(curves);
    }

    boolean isTheProbe(Probe sent) {
        return sent.probeId().equals(probe.probeId());
    }

    boolean isItsProbe(Probe sent) {
        return sent.searchId().equals(played.id());
    }

    void begins(Probe trial) {
        curves.send("trials", played.id(), played.started(trial));
    }

    void fails(Probe trial) {
        begins(trial);
        curves.send("trials", played.id(), played.finished(trial, CRASHED));
    }

    void measureTheOthers() {
        played.firstRound().stream()
                .skip(1)
                .forEach(other -> curves.send("trials", played.id(), played.finished(other)));
    }

    void waitAnHour() {
        settle();
        database.useHandle(handle -> handle.execute(
                "update probe set started_at = started_at - interval '1 hour',"
                        + " issued_at = issued_at - interval '1 hour' where probe_id = ?",
                probe.probeId()));
    }

    void spoilTheProbes() {
        database.useHandle(handle -> {
            handle.execute("update probe set purpose = 'NONSENSE' where search_id = ?", played.id());
            handle.execute("update search set version = version + 1 where search_id = ?", played.id());
        });
    }
}
