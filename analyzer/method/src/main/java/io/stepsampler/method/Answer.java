package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Confirmation;
import io.stepsampler.messages.Finding.Failure;
import io.stepsampler.messages.Finding.OtherReading;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.PointOfInterest;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Sweep;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Finding.Window;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a finding that follows from the outcomes alone. Every number in it is finite. */
public record Answer(
        SearchState state,
        @Nullable Double baselineLoss,
        @Nullable Window window,
        @Nullable Double recommendedLearningRate,
        @Nullable Confirmation confirmed,
        @Nullable String reason,
        List<Selection> selections,
        List<PointOfInterest> pointsOfInterest,
        @Nullable OtherReading otherReading,
        List<Warning> warnings,
        List<Point> points,
        @Nullable Sweep sweep,
        @Nullable Failure failure) {

    public Answer {
        selections = List.copyOf(selections);
        pointsOfInterest = List.copyOf(pointsOfInterest);
        warnings = List.copyOf(warnings);
        points = List.copyOf(points);
        if (state == SearchState.FOUND && recommendedLearningRate == null) {
            throw new IllegalArgumentException("state FOUND without a recommended learning rate");
        }
        if ((state == SearchState.FAILED) != (failure != null)) {
            throw new IllegalArgumentException("state " + state + " with failure " + failure);
        }
    }

    /** One that knows no rate at all. */
    public static Answer none(
            SearchState state, List<Warning> warnings, List<Point> points, @Nullable Failure failure) {
        return new Answer(
                state, null, null, null, null, null, List.of(), List.of(), null, warnings, points, null, failure);
    }

    /** The same with other doubts. */
    Answer withWarnings(List<Warning> otherWarnings) {
        return with(selections, otherWarnings, sweep);
    }

    /** The same with a range test that was run beside the trials. */
    Answer withSweep(Sweep known) {
        List<Selection> all = Stream.concat(selections.stream(), SweepSelections.of(known).stream())
                .toList();
        return with(all, warnings, known);
    }

    private Answer with(List<Selection> otherSelections, List<Warning> otherWarnings, @Nullable Sweep otherSweep) {
        return new Answer(
                state,
                baselineLoss,
                window,
                recommendedLearningRate,
                confirmed,
                reason,
                otherSelections,
                pointsOfInterest,
                otherReading,
                otherWarnings,
                points,
                otherSweep,
                failure);
    }

    /** The same with what is to be doubted besides. */
    public Answer with(List<Warning> furtherWarnings) {
        return withWarnings(
                Stream.concat(warnings.stream(), furtherWarnings.stream()).toList());
    }

    /** The whole finding, once the search's owner adds what only it knows. */
    public Finding finding(
            @Nullable UUID searchId,
            @Nullable String name,
            Finding.@Nullable Progress progress,
            Finding.@Nullable Cost cost,
            Finding.@Nullable Provenance provenance) {
        return new Finding(
                searchId,
                name,
                state,
                baselineLoss,
                window,
                recommendedLearningRate,
                confirmed,
                reason,
                selections,
                pointsOfInterest,
                otherReading,
                warnings,
                points,
                sweep,
                failure,
                progress,
                cost,
                provenance);
    }
}
