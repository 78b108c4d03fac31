package io.stepsampler.analyzer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.analyzer.PlayedSearch;
import io.stepsampler.analyzer.attempts.Attempts;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.Outcome;
import io.stepsampler.method.StepSampling;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two services with one database. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class RememberedSearchesTest {

    private final RememberedSearches ours = new RememberedSearches();
    private final RememberedSearches theirs = new RememberedSearches();
    private final PlayedSearch played = PlayedSearch.fresh();

    @Inject
    Jdbi database;

    @BeforeEach
    void planTheBaseline() {
        database.useTransaction(transaction -> SearchStore.insert(transaction, played.search()));
        change(ours, search -> search.plan(StepSampling.baseline(search.settings())));
    }

    @Test
    void whatIsRememberedIsWhatWasWritten() {
        change(ours, search -> search.begun(played.baseline().probeId()));
        change(ours, search -> search.ended(played.finished(played.baseline())));

        assertThat(probes(ours)).isEqualTo(probes(new RememberedSearches())).hasSize(1);
        assertThat(probes(ours).get(0).state()).isEqualTo(ProbeState.ENDED);
        assertThat(probes(ours).get(0).attempts().starts()).isEqualTo(1);
    }

    @Test
    void whatIsRememberedIsNotReadAgain() {
        database.useHandle(handle -> handle.execute("delete from probe where search_id = ?", played.id()));

        assertThat(probes(ours)).hasSize(1);
        assertThat(probes(theirs)).isEmpty();
    }

    @Test
    void whatAnotherServiceChangedIsReadAnew() {
        change(theirs, search -> search.ended(played.finished(played.baseline())));

        assertThat(probes(ours).get(0).state()).isEqualTo(ProbeState.ENDED);
    }

    @Test
    void whatAServiceThatKnowsNoVersionChangedIsReadAnew() {
        database.useHandle(handle -> {
            handle.execute("update probe set starts = 2 where search_id = ?", played.id());
            handle.execute("update search set curve_revision = curve_revision + 1 where search_id = ?", played.id());
        });

        assertThat(probes(ours).get(0).attempts().starts()).isEqualTo(2);
    }

    @Test
    void aFurtherIssueIsRememberedAsItIsStored() {
        change(ours, search -> search.begun(played.baseline().probeId()));
        change(ours, search -> search.issuedAgain(played.baseline().probeId()));

        assertThat(probes(ours)).isEqualTo(probes(theirs));
        assertThat(probes(ours).get(0).attempts()).isEqualTo(new Attempts(2, 1));
        assertThat(probes(ours).get(0).state()).isEqualTo(ProbeState.PLANNED);
    }

    @Test
    void anOutcomeThatIsStoredStays() {
        change(theirs, search -> search.ended(played.finished(played.baseline())));
        database.useHandle(
                handle -> handle.execute("update search set version = version - 1 where search_id = ?", played.id()));

        change(ours, search -> search.issuedAgain(played.baseline().probeId()));

        assertThat(probes(new RememberedSearches()).get(0).state()).isEqualTo(ProbeState.ENDED);
    }

    @Test
    void onlyTheLatestSearchesAreRemembered() {
        for (int others = 0; others < 100; others++) {
            PlayedSearch other = PlayedSearch.fresh();
            database.useTransaction(transaction -> {
                SearchStore.insert(transaction, other.search());
                HeldSearches held = ours.hold(transaction, List.of(other.id()));
                HeldSearch search = held.find(other.id()).orElseThrow();
                search.plan(StepSampling.baseline(search.settings()));
                held.write();
            });
        }
        database.useHandle(handle -> handle.execute("delete from probe where search_id = ?", played.id()));

        assertThat(probes(ours)).isEmpty();
    }

    @Test
    void aSearchOfLongTrialsIsReadEachTime() {
        Outcome ofManySteps = new Outcome.Measured(0.5, Collections.nCopies(10_001, 0.5));
        change(ours, search -> search.ended(played.finished(played.baseline(), ofManySteps)));
        database.useHandle(handle -> handle.execute("delete from probe where search_id = ?", played.id()));

        assertThat(probes(ours)).isEmpty();
    }

    @Test
    void aChangeThatIsRolledBackIsNotRemembered() {
        assertThatThrownBy(() -> change(ours, search -> {
                    search.ended(played.finished(played.baseline()));
                    throw new IllegalStateException("after the change");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> database.useTransaction(transaction -> {
                    HeldSearches held = ours.hold(transaction, List.of(played.id()));
                    held.find(played.id()).orElseThrow().ended(played.finished(played.baseline()));
                    held.write();
                    throw new IllegalStateException("after the writing");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(probes(ours).get(0).state()).isEqualTo(ProbeState.PLANNED);
    }

    private void change(RememberedSearches service, Consumer<HeldSearch> change) {
        database.useTransaction(transaction -> {
            HeldSearches held = service.hold(transaction, List.of(played.id()));
            change.accept(held.find(played.id()).orElseThrow());
            held.write();
        });
    }

    private List<StoredProbe> probes(RememberedSearches service) {
        return database.inTransaction(transaction -> service.hold(transaction, List.of(played.id()))
                .find(played.id())
                .orElseThrow()
                .probes());
    }
}
