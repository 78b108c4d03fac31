package io.stepsampler.coordinator.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.stepsampler.embedded.ServiceStack;
import io.stepsampler.messages.SearchState;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the database finds the searches of a long list. */
@QuarkusTest
@QuarkusTestResource(value = ServiceStack.class, initArgs = @ResourceArg(name = "service", value = "coordinator"))
class SearchSummariesTest {

    private static final String TEAM = "long-list";

    @Inject
    Jdbi database;

    /** Of no pool that is there, so that nothing else looks at them. */
    @BeforeEach
    void storeALongList() {
        database.useHandle(handle -> {
            handle.createUpdate(
                            "insert into search (search_id, team, pool, specification, state, finding, submitted_at)"
                                    + " select gen_random_uuid(), :team, 'none', '{}',"
                                    + " case when number % 500 = 0 then 'FAILED' else 'FOUND' end, '{}',"
                                    + " now() - make_interval(secs => number) from generate_series(1, 10000) number")
                    .bind("team", TEAM)
                    .execute();
            handle.execute("analyze search");
        });
    }

    @AfterEach
    void forget() {
        database.useHandle(handle -> handle.createUpdate("delete from search where team = :team")
                .bind("team", TEAM)
                .execute());
    }

    @Test
    void searchesOfOneStateAreReadFromTheirIndexInOrder() {
        assertThat(plan(Set.of(SearchState.FAILED), null))
                .contains("Index Scan using search_page_of_state")
                .doesNotContain("Sort", "Filter", "Seq Scan");
    }

    @Test
    void aPageIsReadFromItsIndexInOrderHoweverLate() {
        SearchPage.Cursor late = new SearchPage.Cursor(Instant.now().minusSeconds(9_000), new UUID(0, 0));

        assertThat(plan(Set.of(), late))
                .contains("Index Scan using search_page on")
                .contains("ROW(submitted_at, search_id) <")
                .doesNotContain("Sort", "Filter", "Seq Scan");
    }

    private String plan(Set<SearchState> states, SearchPage.@Nullable Cursor after) {
        return database.withHandle(handle -> plan(handle, new SearchPage(states, null, null, null, after, 101), after));
    }

    private static String plan(Handle handle, SearchPage page, SearchPage.@Nullable Cursor after) {
        return String.join(
                "\n",
                handle.createQuery("explain " + SearchSummaries.query(page))
                        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                        .bind("team", TEAM)
                        .bind("state", SearchState.FAILED.name())
                        .bind("afterTime", after == null ? null : after.submittedAt())
                        .bind("afterId", after == null ? null : after.searchId())
                        .bind("limit", page.limit())
                        .mapTo(String.class)
                        .list());
    }
}
