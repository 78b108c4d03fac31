package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer, or as much of it as is known. What is unknown is absent, never null and never NaN.
 *
 * @param recommendedLearningRate absent when there is no reliable answer
 * @param reason how the recommended rate was chosen
 * @param otherReading where the points of interest lie in the reading that was not asked for
 * @param points every probe that ended, the baseline (learning rate 0, round 0) first, then by learning rate
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Finding(
        @Nullable UUID searchId,
        @Nullable String name,
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
        @Nullable Failure failure,
        @Nullable Progress progress,
        @Nullable Cost cost,
        @Nullable Provenance provenance) {

    public Finding {
        selections = List.copyOf(selections);
        pointsOfInterest = List.copyOf(pointsOfInterest);
        warnings = List.copyOf(warnings);
        points = List.copyOf(points);
    }

    /** The rates worth considering. */
    public record Window(double minLearningRate, double maxLearningRate) {}

    /** The loss measured at exactly the recommended rate after {@code steps} steps. */
    public record Confirmation(double loss, int steps) {}

    /** {@code method}: log-midpoint, half-loss, steepest, minimum, minimum-tenth, valley or slide. */
    public record Selection(String method, Source source, double learningRate) {}

    /** What a selection was read from: trials with reset, or one sweep without. */
    public enum Source {
        @JsonProperty("trials")
        TRIALS,
        @JsonProperty("sweep")
        SWEEP
    }

    /**
     * @param name knee, half-loss, steepest or maximum
     * @param lower the nearest probed rate below, absent where none was
     * @param upper the nearest probed rate above, absent where none was
     * @param interval the estimator's, absent where noise is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PointOfInterest(
            String name,
            double learningRate,
            @Nullable Double lower,
            @Nullable Double upper,
            @Nullable Interval interval) {}

    /** {@code level}: the probability that the point lies within, such as 0.9. */
    public record Interval(double lower, double upper, double level) {}

    /** {@code reading}: relative or paper. Points that it does not show are left out. */
    public record OtherReading(SearchPlan.Reading reading, List<OtherPoint> points) {

        public OtherReading {
            points = List.copyOf(points);
        }
    }

    /**
     * @param name knee, half-loss, steepest, maximum or log-midpoint
     * @param decades by how much it lies above the finding's own, below 0 if below
     */
    public record OtherPoint(String name, double learningRate, double decades) {}

    /** {@code code}: for programs. {@code text}: what it means and what to do. */
    public record Warning(String code, String text) {}

    /**
     * @param loss absent unless measured
     * @param divergedAtStep absent unless diverged
     * @param purpose why the rate was probed; absent where a curve of others does not say
     * @param reused whether it was measured before and taken over; absent where it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Point(
            double learningRate,
            @Nullable Double loss,
            Status outcome,
            int round,
            long seed,
            int steps,
            @Nullable Integer divergedAtStep,
            @Nullable Purpose purpose,
            @Nullable Boolean reused) {

        /** One whose trial was run. */
        public Point(
                double learningRate,
                @Nullable Double loss,
                Status outcome,
                int round,
                long seed,
                int steps,
                @Nullable Integer divergedAtStep,
                @Nullable Purpose purpose) {
            this(learningRate, loss, outcome, round, seed, steps, divergedAtStep, purpose, null);
        }
    }

    /** What a point is for. Grid, refinement and repeat make the curve, each repeat with another seed. */
    public enum Purpose {
        @JsonProperty("baseline")
        BASELINE,
        @JsonProperty("grid")
        GRID,
        @JsonProperty("refinement")
        REFINEMENT,
        @JsonProperty("repeat")
        REPEAT,
        @JsonProperty("lengthened")
        LENGTHENED,
        @JsonProperty("confirmation")
        CONFIRMATION
    }

    /** How the trial of a point ended. */
    public enum Status {
        @JsonProperty("measured")
        MEASURED,
        @JsonProperty("diverged")
        DIVERGED,
        @JsonProperty("failed")
        FAILED
    }

    /**
     * A range test: one training without reset whose rate rises at every step.
     *
     * @param divergedAtStep absent unless it diverged
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sweep(List<Step> steps, @Nullable Integer divergedAtStep) {

        public Sweep {
            steps = List.copyOf(steps);
        }

        /** {@code loss}: of the batch, before the step. */
        public record Step(double learningRate, double loss) {}
    }

    /** Why the search failed: one sentence, and the key and value at fault where it is one key's. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Failure(
            Outcome.Code code,
            @Nullable String key,
            @Nullable String value,
            String text) {}

    /** {@code planned} and {@code done} count probes of every kind. */
    public record Progress(int round, int planned, int done) {}

    /**
     * What this search took; what was measured before and taken over takes no steps.
     *
     * @param probes of every kind, taken over or not
     * @param deviceSeconds how long devices were held, to read checkpoint and data as well
     * @param reused how many probes were taken over; absent where none was
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cost(
            int probes,
            long trainingSteps,
            double deviceSeconds,
            double wallSeconds,
            @Nullable Integer reused) {

        /** Where every trial was run. */
        public Cost(int probes, long trainingSteps, double deviceSeconds, double wallSeconds) {
            this(probes, trainingSteps, deviceSeconds, wallSeconds, null);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Provenance(
            String methodVersion,
            @Nullable String specDigest,
            @Nullable String checkpointDigest,
            @Nullable String batchesDigest,
            @Nullable String validationDigest,
            @Nullable String device,
            @Nullable Integer threads,
            Map<String, String> versions) {

        public Provenance {
            versions = Map.copyOf(versions);
        }
    }
}
