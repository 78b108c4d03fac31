package io.stepsampler.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.embedded.TopicTap;
import io.stepsampler.messages.CurveUpdate;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outcomes that come before their search. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class EarlyOutcomesTest {

    @ConfigProperty(name = ServiceStack.BOOTSTRAP_SERVERS)
    String bootstrapServers = "";

    private TopicTap<CurveUpdate> curves;

    @BeforeEach
    void listen() {
        curves = new TopicTap<>(bootstrapServers, "curves", CurveUpdate.class);
    }

    @AfterEach
    void close() {
        curves.close();
    }

    @Test
    void anOutcomeBeforeItsSearchWaitsForIt() {
        PlayedSearch played = PlayedSearch.fresh();
        curves.send("trials", played.id(), played.finished(played.baseline()));
        settle();

        announce(played);

        assertThat(curves.first(update -> update.searchId().equals(played.id()))
                        .finding()
                        .baselineLoss())
                .isEqualTo(((Outcome.Measured) PlayedSearch.outcome(0)).loss());
    }

    /** The coordinator sends it as soon as the baseline has ended. */
    @Test
    void theFirstRoundMayHaveEndedWhenTheSearchBecomesKnown() {
        PlayedSearch played = PlayedSearch.fresh();
        List<Probe> asked = new ArrayList<>(List.of(played.baseline()));
        asked.addAll(played.firstRound());
        asked.forEach(probe -> {
            curves.send("trials", played.id(), played.started(probe));
            curves.send("trials", played.id(), played.finished(probe));
        });
        settle();

        announce(played);

        curves.first(update -> update.searchId().equals(played.id())
                && Objects.requireNonNull(update.finding().progress()).done() == asked.size());
    }

    /** There is one partition: when a later search has begun, all that was sent before has arrived. */
    private void settle() {
        PlayedSearch later = PlayedSearch.fresh();
        announce(later);
        curves.send("trials", later.id(), later.finished(later.baseline()));
        curves.first(update -> update.searchId().equals(later.id()));
    }

    private void announce(PlayedSearch played) {
        curves.send("searches", played.id(), played.search());
    }
}
