package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.storage.SearchPage;
import io.stepsampler.coordinator.storage.SearchPage.Cursor;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which searches are to be listed; what is absent is not asked for. */
public record ListRequest(
        @QueryParam("state") @Nullable String state,
        @QueryParam("name") @Nullable String name,
        @QueryParam("pool") @Nullable String pool,
        @QueryParam("searchId") @Nullable String searchId,
        @QueryParam("after") @Nullable String after,
        @QueryParam("limit") @Nullable String limit) {

    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1000;

    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        if (state != null && states().isEmpty()) {
            String allowed = Arrays.stream(SearchState.values()).map(Enum::name).collect(Collectors.joining(", "));
            refusals.add(new Refusal("state", state, "allowed: one or more of " + allowed + ", with commas between"));
        }
        if (after != null && cursor().isEmpty()) {
            refusals.add(new Refusal("after", after, "must be what an earlier page gave as next"));
        }
        if (limit != null && number().isEmpty()) {
            refusals.add(new Refusal("limit", limit, "must be a number from 1 to " + LARGEST_LIMIT));
        }
        return refusals;
    }

    /** The request must be without fault. One search more than wanted, to see whether there is another page. */
    SearchPage page() {
        return new SearchPage(states().orElse(Set.of()), name, pool, searchId, cursor().orElse(null), wanted() + 1);
    }

    int wanted() {
        return number().orElse(DEFAULT_LIMIT);
    }

    private Optional<Set<SearchState>> states() {
        Set<SearchState> states = EnumSet.noneOf(SearchState.class);
        for (String name : state == null ? new String[0] : state.split(",", -1)) {
            Optional<SearchState> known = Arrays.stream(SearchState.values())
                    .filter(candidate -> candidate.name().equals(name.strip()))
                    .findFirst();
            if (known.isEmpty()) {
                return Optional.empty();
            }
            states.add(known.get());
        }
        return Optional.of(states);
    }

    private Optional<Cursor> cursor() {
        return Optional.ofNullable(after).flatMap(Cursor::parse);
    }

    private Optional<Integer> number() {
        return Optional.ofNullable(limit)
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(Integer::parseInt)
                .filter(value -> value <= LARGEST_LIMIT);
    }
}
