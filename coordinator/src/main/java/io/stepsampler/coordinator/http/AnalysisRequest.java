package io.stepsampler.coordinator.http;

import io.stepsampler.coordinator.storage.StoredSearch;
import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.json.Refusal;
import io.stepsampler.method.AnalysisSettings;
import io.stepsampler.method.Reanalysis;
import io.stepsampler.method.Settings;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a finished search is to be read again; what is absent is as the search has it. */
public record AnalysisRequest(
        @QueryParam("reading") @Nullable String reading,
        @QueryParam("thresholdDecades") @Nullable String thresholdDecades,
        @QueryParam("method") @Nullable String method) {

    /** What is wrong with the request's parameters. */
    List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        if (reading != null && known(reading).isEmpty()) {
            refusals.add(new Refusal("reading", reading, "must be relative or paper"));
        }
        if (thresholdDecades != null && number(thresholdDecades) < AnalysisSettings.SMALLEST_THRESHOLD_DECADES) {
            refusals.add(new Refusal(
                    "thresholdDecades",
                    thresholdDecades,
                    "must be a number of at least " + AnalysisSettings.SMALLEST_THRESHOLD_DECADES));
        }
        if (method != null && !AnalysisSettings.METHODS.contains(method)) {
            refusals.add(
                    new Refusal("method", method, "must be one of " + String.join(", ", AnalysisSettings.METHODS)));
        }
        return refusals;
    }

    /** Why a search cannot be read again; empty where it can. */
    static Optional<String> conflict(StoredSearch stored) {
        SearchState state = stored.search().state();
        String search = "search " + stored.search().searchId();
        if (!state.isFinal() || state == SearchState.FAILED) {
            return Optional.of(
                    search + " is " + state + "; only one that has ended with a curve can be analysed again");
        }
        boolean tellsPurposes = stored.finding().points().stream().allMatch(point -> point.purpose() != null);
        return tellsPurposes
                ? Optional.empty()
                : Optional.of(search + " was stored by an earlier version, which did not tell what each point was for;"
                        + " analyze its curve.csv instead");
    }

    /** The finding that the search's points give; the request must be without fault. */
    Finding read(StoredSearch stored) {
        Settings settings = Settings.of(stored.search().specification());
        SearchPlan plan = settings.plan();
        AnalysisSettings wanted = new AnalysisSettings(
                thresholdDecades == null ? plan.thresholdDecades() : number(thresholdDecades),
                null,
                null,
                Optional.ofNullable(reading).flatMap(AnalysisRequest::known).orElse(plan.reading()),
                method);
        Finding finding = stored.finding();
        return Reanalysis.of(settings, finding, wanted)
                .finding(finding.searchId(), finding.name(), finding.progress(), finding.cost(), finding.provenance());
    }

    private static Optional<SearchPlan.Reading> known(String text) {
        return Arrays.stream(SearchPlan.Reading.values())
                .filter(reading -> reading.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** Below every limit if it is none. */
    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) ? number : Double.NEGATIVE_INFINITY;
        } catch (NumberFormatException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }
}
