package io.stepsampler.worker.replay;

import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.LearningRate;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;

/**
 * The loss at every learning rate: linear in log10 of the rate between the rows of a curve, held flat beyond its ends.
 * Absent where the trial diverges, which is wherever a neighbouring row says so.
 */
final class ReplayCurve {

    private final NavigableMap<LearningRate, Optional<Double>> losses;

    private ReplayCurve(NavigableMap<LearningRate, Optional<Double>> losses) {
        this.losses = losses;
    }

    /** @param steps after which the losses are taken, where the file has several */
    static ReplayCurve parse(CheckpointFile file, int steps) throws Refusal {
        CurveCsv.Result read = CurveCsv.read(new String(file.content(), StandardCharsets.UTF_8));
        if (read instanceof CurveCsv.Result.Refused refused) {
            throw malformed(file, "line " + refused.line() + ": " + refused.text());
        }
        NavigableMap<LearningRate, Optional<Double>> losses =
                ((CurveCsv.Result.Read) read).curve().lossesAfter(steps);
        if (losses.isEmpty()) {
            throw malformed(file, "it has no rows");
        }
        return new ReplayCurve(losses);
    }

    Optional<Double> loss(double learningRate) {
        LearningRate rate = LearningRate.of(learningRate);
        Optional<Double> exact = losses.get(rate);
        if (exact != null) {
            return exact;
        }
        Map.Entry<LearningRate, Optional<Double>> below = losses.lowerEntry(rate);
        Map.Entry<LearningRate, Optional<Double>> above = losses.higherEntry(rate);
        if (below == null || below.getKey().isBaseline()) {
            return Objects.requireNonNull(above == null ? below : above).getValue();
        }
        if (above == null) {
            return below.getValue();
        }
        double from = below.getKey().exponent();
        double share = (rate.exponent() - from) / (above.getKey().exponent() - from);
        return below.getValue().flatMap(left -> above.getValue().map(right -> left + share * (right - left)));
    }

    private static Refusal malformed(CheckpointFile file, String reason) {
        return Refusal.badInput(
                CheckpointFile.KEY, file.location(), "it must be a CSV of learning_rate and loss: " + reason);
    }
}
