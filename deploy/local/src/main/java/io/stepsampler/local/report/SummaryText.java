package io.stepsampler.local.report;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchPlan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The finding in words; the last line is the recommended rate. */
public final class SummaryText {

    private final StringBuilder text = new StringBuilder();

    private SummaryText() {}

    public static String of(Finding finding) {
        SummaryText summary = new SummaryText();
        summary.addHead(finding);
        summary.addSelections(finding);
        summary.addPointsOfInterest(finding);
        summary.addOtherReading(finding);
        finding.warnings().forEach(warning -> summary.line("warning", warning.text() + " [" + warning.code() + "]"));
        summary.addCost(finding);
        summary.addRecommendation(finding);
        return summary.text.toString();
    }

    private void addHead(Finding finding) {
        if (finding.searchId() != null) {
            line("search", finding.searchId() + (finding.name() == null ? "" : "  " + finding.name()));
        }
        line("state", finding.state().toString());
        Finding.Failure failure = finding.failure();
        if (failure != null) {
            line("failure", failure.text());
        }
        if (finding.baselineLoss() != null) {
            line("baseline loss", loss(finding.baselineLoss()));
        }
        Finding.Window window = finding.window();
        if (window != null) {
            line(
                    "window",
                    LearningRateText.rounded(window.minLearningRate()) + " to "
                            + LearningRateText.rounded(window.maxLearningRate()));
        }
    }

    private void addSelections(Finding finding) {
        for (Finding.Selection selection : finding.selections()) {
            String source = selection.source() == Finding.Source.SWEEP ? " (from the sweep)" : "";
            line("  " + selection.method(), LearningRateText.rounded(selection.learningRate()) + source);
        }
    }

    private void addPointsOfInterest(Finding finding) {
        if (!finding.pointsOfInterest().isEmpty()) {
            line("points of interest", "the nearest probed rates; what noise leaves open");
        }
        for (Finding.PointOfInterest point : finding.pointsOfInterest()) {
            line(
                    "  " + point.name(),
                    "%-10s %s .. %s"
                                    .formatted(
                                            LearningRateText.rounded(point.learningRate()),
                                            bound(point.lower()),
                                            bound(point.upper()))
                            + interval(point.interval()));
        }
    }

    private void addOtherReading(Finding finding) {
        Finding.OtherReading other = finding.otherReading();
        if (other == null || other.points().isEmpty()) {
            return;
        }
        line(
                other.reading() == SearchPlan.Reading.PAPER ? "the paper's reading" : "relative reading",
                "of the same losses; how far from the above, in decades");
        for (Finding.OtherPoint point : other.points()) {
            line(
                    "  " + point.name(),
                    String.format(
                            Locale.ROOT,
                            "%-10s %+.2f",
                            LearningRateText.rounded(point.learningRate()),
                            point.decades()));
        }
    }

    private static String interval(Finding.@Nullable Interval interval) {
        return interval == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "   %s .. %s at %.0f %%",
                        LearningRateText.rounded(interval.lower()),
                        LearningRateText.rounded(interval.upper()),
                        100 * interval.level());
    }

    private void addCost(Finding finding) {
        Finding.Cost cost = finding.cost();
        if (cost != null) {
            line(
                    "cost",
                    String.format(
                            Locale.ROOT,
                            "%s, %s, %.1f s %s, %.1f s in all",
                            counted(cost.probes(), "probe"),
                            counted(cost.trainingSteps(), "training step"),
                            cost.deviceSeconds(),
                            // what is taken over is read and not trained
                            cost.reused() == null ? "of training" : "of training and reading",
                            cost.wallSeconds()));
            addReused(cost);
        }
    }

    private void addReused(Finding.Cost cost) {
        Integer reused = cost.reused();
        if (reused != null) {
            line(
                    "taken over",
                    reused + " of " + counted(cost.probes(), "probe")
                            + ": measured before by your team, with everything the same, and not trained again");
        }
    }

    private void addRecommendation(Finding finding) {
        Finding.Confirmation confirmed = finding.confirmed();
        if (confirmed != null) {
            // a curve of others may not say how many
            String steps = confirmed.steps() == 0 ? "" : " after " + counted(confirmed.steps(), "step");
            line("confirmed", "loss " + loss(confirmed.loss()) + steps + " at that rate");
        }
        String reason = finding.reason();
        if (reason != null) {
            line("chosen as", reason);
        }
        Double rate = finding.recommendedLearningRate();
        if (rate != null) {
            text.append("recommended learning rate: ")
                    .append(LearningRateText.of(rate))
                    .append('\n');
        } else if (finding.state().isFinal()) {
            text.append("recommended learning rate: none\n");
        }
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-20s %s%n", name, value));
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private static String loss(double loss) {
        return String.format(Locale.ROOT, "%.6g", loss);
    }

    private static String bound(@Nullable Double learningRate) {
        return learningRate == null ? "not probed" : LearningRateText.rounded(learningRate);
    }
}
