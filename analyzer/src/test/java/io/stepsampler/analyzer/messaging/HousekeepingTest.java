package io.stepsampler.analyzer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.analyzer.PlayedSearch;
import io.stepsampler.analyzer.storage.HeldSearch;
import io.stepsampler.analyzer.storage.HeldSearches;
import io.stepsampler.analyzer.storage.RememberedSearches;
import io.stepsampler.analyzer.storage.SearchStore;
import io.stepsampler.analyzer.storage.StoredSearch;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.method.StepSampling;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "analyzer"))
class HousekeepingTest {

    @Inject
    Housekeeping housekeeping;

    @Inject
    SearchHandler handler;

    @Inject
    RememberedSearches searches;

    @Inject
    Jdbi database;

    @Test
    void trialsAreDeletedSomeTimeAfterTheEndOfTheirSearchWhichStays() {
        PlayedSearch old = endedBefore(91);
        PlayedSearch younger = endedBefore(89);

        housekeeping.forgetOldTrials();

        assertThat(probesOf(old)).isZero();
        assertThat(probesOf(younger)).isEqualTo(1);
        Optional<StoredSearch> kept = database.inTransaction(transaction -> SearchStore.lock(transaction, old.id()));
        assertThat(kept).isPresent();
    }

    @Test
    void whatCameBeforeASearchThatNeverArrivesIsForgotten() {
        PlayedSearch old = early(15);
        PlayedSearch younger = early(13);

        housekeeping.forgetOldMessages();

        assertThat(earlyEventsOf(old)).isZero();
        assertThat(earlyEventsOf(younger)).isEqualTo(1);
    }

    @Test
    void whatCameBeforeASearchThatArrivesCancelledIsForgotten() throws InterruptedException {
        PlayedSearch played = early(0);

        handler.on(
                new ConsumerRecord<>("searches", 0, 0, played.id().toString(), MessageJson.write(played.cancelled())));

        assertThat(earlyEventsOf(played)).isZero();
    }

    private PlayedSearch early(int days) {
        PlayedSearch played = PlayedSearch.fresh();
        database.useTransaction(transaction -> {
            SearchStore.keepEarly(transaction, played.started(played.baseline()));
            transaction
                    .createUpdate("update early_trial_event set kept_at = now() - make_interval(days => :days)"
                            + " where search_id = :searchId")
                    .bind("days", days)
                    .bind("searchId", played.id())
                    .execute();
        });
        return played;
    }

    private int earlyEventsOf(PlayedSearch played) {
        return database.withHandle(
                handle -> handle.createQuery("select count(*) from early_trial_event where search_id = :searchId")
                        .bind("searchId", played.id())
                        .mapTo(Integer.class)
                        .one());
    }

    private PlayedSearch endedBefore(int days) {
        PlayedSearch played = PlayedSearch.fresh();
        database.useTransaction(transaction -> {
            SearchStore.insert(transaction, played.search());
            HeldSearches held = searches.hold(transaction, List.of(played.id()));
            HeldSearch search = held.find(played.id()).orElseThrow();
            search.plan(StepSampling.baseline(search.settings()));
            search.ended(played.finished(played.baseline()));
            search.curveChanged(SearchState.FAILED);
            held.write();
            transaction
                    .createUpdate("update search set finished_at = now() - make_interval(days => :days)"
                            + " where search_id = :searchId")
                    .bind("days", days)
                    .bind("searchId", played.id())
                    .execute();
        });
        return played;
    }

    private int probesOf(PlayedSearch played) {
        return database.withHandle(
                handle -> handle.createQuery("select count(*) from probe where search_id = :searchId")
                        .bind("searchId", played.id())
                        .mapTo(Integer.class)
                        .one());
    }
}
