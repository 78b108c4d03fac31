package io.stepsampler.coordinator.http;

import io.stepsampler.messages.json.Refusal;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the series, or of the steps of one, is wanted.
 *
 * @param after the last name or step of the page before
 */
public record SeriesRequest(
        @QueryParam("after") @Nullable String after,
        @QueryParam("limit") @Nullable String limit) {

    private static final int LARGEST_LIMIT = 10_000;

    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        if (limit != null && number(limit).filter(value -> value > 0).isEmpty()) {
            refusals.add(new Refusal("limit", limit, "must be a number from 1 to " + LARGEST_LIMIT));
        }
        return refusals;
    }

    List<Refusal> refusalsOfSteps() {
        List<Refusal> refusals = refusals();
        if (after != null && !after.matches("[0-9]{1,15}")) {
            refusals.add(new Refusal("after", after, "must be a step, a whole number from 0"));
        }
        return refusals;
    }

    /** The request must be without fault. */
    int wanted() {
        return Optional.ofNullable(limit).flatMap(SeriesRequest::number).orElse(LARGEST_LIMIT);
    }

    /** The request must be without fault. */
    long afterStep() {
        return after == null ? -1 : Long.parseLong(after);
    }

    private static Optional<Integer> number(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,5}"))
                .map(Integer::parseInt)
                .filter(value -> value <= LARGEST_LIMIT);
    }
}
