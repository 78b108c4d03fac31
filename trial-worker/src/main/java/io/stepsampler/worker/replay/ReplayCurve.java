package io.stepsampler.worker.replay;

import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.LearningRate;
import io.stepsampler.method.MeasuredCurve;
import io.stepsampler.method.Trajectory;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The loss at every learning rate: linear in log10 of the rate between the rows of a curve, held flat beyond its ends.
 * Absent where the trial diverges, which is wherever a neighbouring row says so.
 */
final class ReplayCurve {

    private final NavigableMap<LearningRate, Optional<Double>> losses;
    private final NavigableMap<LearningRate, Trajectory> trajectories;

    private ReplayCurve(
            NavigableMap<LearningRate, Optional<Double>> losses, NavigableMap<LearningRate, Trajectory> trajectories) {
        this.losses = losses;
        this.trajectories = trajectories;
    }

    /** @param steps after which the losses are taken, where the file has several */
    static ReplayCurve parse(CheckpointFile file, int steps) throws Refusal {
        CurveCsv.Result read = CurveCsv.read(new String(file.content(), StandardCharsets.UTF_8));
        if (read instanceof CurveCsv.Result.Refused refused) {
            // what stands there is not told: the file may be one that the team must not read
            throw malformed(file, "line " + refused.line() + " is neither");
        }
        MeasuredCurve curve = ((CurveCsv.Result.Read) read).curve();
        NavigableMap<LearningRate, Optional<Double>> losses = curve.lossesAfter(steps);
        if (losses.isEmpty()) {
            throw malformed(file, "it has no rows");
        }
        return new ReplayCurve(losses, curve.trajectories());
    }

    /** After all steps. */
    Optional<Double> loss(double learningRate) {
        return at(losses, learningRate, Function.identity());
    }

    /** After so many steps, where the file's neighbouring rates both say. */
    Optional<Double> lossAfter(int step, double learningRate) {
        return at(trajectories, learningRate, trajectory -> trajectory.lossOf(step));
    }

    boolean hasDivergedBy(int step, double learningRate) {
        return at(
                        trajectories,
                        learningRate,
                        trajectory -> Optional.of(0.0).filter(zero -> !trajectory.hasDivergedBy(step)))
                .isEmpty();
    }

    private static <T> Optional<Double> at(
            NavigableMap<LearningRate, T> values, double learningRate, Function<T, Optional<Double>> loss) {
        LearningRate rate = LearningRate.of(learningRate);
        T exact = values.get(rate);
        if (exact != null) {
            return loss.apply(exact);
        }
        Map.Entry<LearningRate, T> below = values.lowerEntry(rate);
        Map.Entry<LearningRate, T> above = values.higherEntry(rate);
        if (below == null || below.getKey().isBaseline()) {
            return loss.apply(
                    Objects.requireNonNull(above == null ? below : above).getValue());
        }
        if (above == null) {
            return loss.apply(below.getValue());
        }
        double from = below.getKey().exponent();
        double share = (rate.exponent() - from) / (above.getKey().exponent() - from);
        return loss.apply(below.getValue())
                .flatMap(left -> loss.apply(above.getValue()).map(right -> left + share * (right - left)));
    }

    /** @param fault what of the file does not fit */
    private static Refusal malformed(CheckpointFile file, String fault) {
        return Refusal.badInput(
                CheckpointFile.KEY,
                file.location(),
                "it must be a CSV: the line learning_rate,loss[,seed][,step], then lines of such numbers, each once; "
                        + fault);
    }
}
