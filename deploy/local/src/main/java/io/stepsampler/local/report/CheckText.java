package io.stepsampler.local.report;

import io.stepsampler.messages.CheckReport;
import io.stepsampler.messages.CheckReport.CheckedTrial;
import io.stepsampler.messages.CheckReport.Tensor;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchSpecification;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a check has seen, in words. */
public final class CheckText {

    private static final int MOST_LABELS_SHOWN = 20;
    private static final double SECONDS_OF_A_MINUTE = 60;

    private final StringBuilder text = new StringBuilder();

    private CheckText() {}

    public static String of(CheckReport report, SearchSpecification specification) {
        CheckText check = new CheckText();
        if (report.failure() != null) {
            check.line("refused", report.failure().text());
            return check.text.toString();
        }
        check.addBatch(report);
        report.trials().forEach(check::addTrial);
        check.addCost(report, specification);
        if (report.conditions() != null) {
            report.conditions()
                    .warnings()
                    .forEach(warning -> check.line("warning", warning.text() + " [" + warning.code() + "]"));
        }
        return check.text.toString();
    }

    private void addBatch(CheckReport report) {
        line("first batch", report.inputs().stream().map(CheckText::tensor).collect(Collectors.joining(", ")));
        if (report.targets() != null) {
            line("y", tensor(report.targets()));
        }
        if (!report.labels().isEmpty()) {
            line("labels", labels(report.labels()));
        }
        line("model", String.format(Locale.ROOT, "%,d numbers are trained", report.trainedNumbers()));
    }

    private void addTrial(CheckedTrial trial) {
        String rate = "rate " + LearningRateText.of(trial.learningRate());
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            line(
                    rate,
                    String.format(
                            Locale.ROOT,
                            "validation loss %.6g after %d steps",
                            measured.loss(),
                            measured.stepLosses().size()));
            line("  training losses", numbers(measured.stepLosses()));
        } else if (outcome instanceof Outcome.Diverged diverged) {
            line(rate, "diverged at step " + diverged.step());
            line("  training losses", numbers(diverged.stepLosses()));
        }
        line("  gradient norms", numbers(trial.gradientNorms()));
    }

    private void addCost(CheckReport report, SearchSpecification specification) {
        double trialSeconds = report.trials().stream()
                .mapToDouble(CheckedTrial::seconds)
                .max()
                .orElse(0);
        line(
                "a trial",
                String.format(
                        Locale.ROOT,
                        "%.2f s with %s thread(s) on %s, of which the reset is %.3f s; reading took %.1f s",
                        trialSeconds,
                        report.conditions() == null ? "?" : report.conditions().threads(),
                        report.conditions() == null ? "?" : report.conditions().device(),
                        report.resetSeconds(),
                        report.readSeconds()));
        line("memory", String.format(Locale.ROOT, "%,d MB at most", report.memoryBytes() >> 20));
        int most = specification.search().budget().probes();
        line(
                "a search",
                String.format(
                        Locale.ROOT, "at most %d trials: %s with one worker", most, duration(most * trialSeconds)));
    }

    private static String labels(Map<String, Long> labels) {
        String shown = labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingLong(Long::parseLong)))
                .limit(MOST_LABELS_SHOWN)
                .map(label -> label.getKey() + ": " + label.getValue())
                .collect(Collectors.joining(", "));
        return labels.size() > MOST_LABELS_SHOWN ? shown + ", " + (labels.size() - MOST_LABELS_SHOWN) + " more" : shown;
    }

    private static String tensor(Tensor tensor) {
        String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
        return (tensor.name().isEmpty() ? "" : tensor.name() + " ") + tensor.type() + " " + shape;
    }

    private static String numbers(List<Double> numbers) {
        return numbers.stream()
                .map(number -> String.format(Locale.ROOT, "%.4g", number))
                .collect(Collectors.joining(" "));
    }

    private static String duration(double seconds) {
        return seconds < 2 * SECONDS_OF_A_MINUTE
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.0f min", seconds / SECONDS_OF_A_MINUTE);
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-20s %s%n", name, value));
    }
}
