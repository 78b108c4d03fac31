package io.stepsampler.worker.replay;

import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The loss at every learning rate: linear in log10 of the rate between the rows of a CSV, held flat beyond its ends.
 * Absent where the trial diverges, which is wherever a neighbouring row says so.
 */
final class ReplayCurve {

    private static final List<String> DIVERGED = List.of("", "nan", "inf", "diverged");

    private final NavigableMap<Double, Optional<Double>> losses;

    private ReplayCurve(NavigableMap<Double, Optional<Double>> losses) {
        this.losses = losses;
    }

    static ReplayCurve parse(CheckpointFile file) throws Refusal {
        List<String> lines =
                new String(file.content(), StandardCharsets.UTF_8).lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0));
        int rateColumn = header.indexOf("learning_rate");
        int lossColumn = header.indexOf("loss");
        if (rateColumn < 0 || lossColumn < 0) {
            throw malformed(file, "its first line is " + header + " and must name learning_rate and loss");
        }
        NavigableMap<Double, Optional<Double>> losses = new TreeMap<>();
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).isBlank()) {
                continue;
            }
            List<String> cells = cells(lines.get(line));
            if (cells.size() <= Math.max(rateColumn, lossColumn)) {
                throw malformed(file, "line " + (line + 1) + " has " + cells.size() + " columns");
            }
            double rate = number(cells.get(rateColumn), file, line);
            String loss = cells.get(lossColumn);
            Optional<Double> value = isDiverged(loss) ? Optional.empty() : Optional.of(number(loss, file, line));
            if (rate < 0 || losses.putIfAbsent(rate, value) != null) {
                throw malformed(file, "line " + (line + 1) + " has the negative or repeated learning rate " + rate);
            }
        }
        if (losses.isEmpty()) {
            throw malformed(file, "it has no rows");
        }
        return new ReplayCurve(losses);
    }

    Optional<Double> loss(double rate) {
        Map.Entry<Double, Optional<Double>> exact = losses.floorEntry(rate);
        if (exact != null && exact.getKey() == rate) {
            return exact.getValue();
        }
        Map.Entry<Double, Optional<Double>> below = rate > 0 ? losses.lowerEntry(rate) : null;
        Map.Entry<Double, Optional<Double>> above = losses.higherEntry(rate);
        if (below == null || below.getKey() == 0) {
            return Objects.requireNonNull(above == null ? below : above).getValue();
        }
        if (above == null) {
            return below.getValue();
        }
        double share = StrictMath.log10(rate / below.getKey()) / StrictMath.log10(above.getKey() / below.getKey());
        return below.getValue().flatMap(left -> above.getValue().map(right -> left + share * (right - left)));
    }

    private static boolean isDiverged(String loss) {
        return DIVERGED.contains(loss.toLowerCase(Locale.ROOT));
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }

    private static double number(String text, CheckpointFile file, int line) throws Refusal {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw malformed(file, "line " + (line + 1) + " has '" + text + "' where a number belongs");
        }
        throw malformed(file, "line " + (line + 1) + " has '" + text + "' where a finite number belongs");
    }

    private static Refusal malformed(CheckpointFile file, String reason) {
        return Refusal.badInput(
                CheckpointFile.KEY, file.location(), "it must be a CSV of learning_rate and loss: " + reason);
    }
}
