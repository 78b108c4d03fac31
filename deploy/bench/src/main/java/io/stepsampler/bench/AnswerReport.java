package io.stepsampler.bench;

import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.CurveSvg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A report on the answers: {@code answers FOLDER CURVES [SEEDS]} writes {@code report.md} and pictures into the folder.
 * CURVES holds {@code steps.csv.gz} and {@code final.csv}: grids of learning rates that others trained to the end.
 */
final class AnswerReport {

    private static final int SEEDS = 1000;
    private static final double NOISE = 0.05;
    private static final int REPEATS = 4;
    private static final int PROBES = 300;

    private AnswerReport() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: bench answers FOLDER CURVES [SEEDS]");
            System.exit(2);
        }
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : SEEDS;
        StringBuilder report = new StringBuilder("# Answers\n\n");
        addProbes(report, seeds);
        addNoise(report, seeds);
        new CurveRegrets(PublishedCurves.read(Path.of(arguments[1]))).addTo(report, folder);
        addTimes(report);
        Files.writeString(folder.resolve("report.md"), report);
        for (long seed = 0; seed < 3; seed++) {
            SyntheticCurve curve = SyntheticCurve.of(seed);
            Files.writeString(
                    folder.resolve("synthetic-" + seed + ".svg"),
                    CurveSvg.draw(
                            SimulatedSearch.adaptive(probe -> curve.train(probe.learningRate(), probe.seed(), NOISE, 0))
                                    .answer()
                                    .finding(null, "synthetic " + seed + " with noise", null, null, null)));
        }
        System.out.print(report);
    }

    private static void addProbes(StringBuilder report, int seeds) {
        SyntheticAnswers exact = new SyntheticAnswers(seeds, 0, 0);
        report.append("## Probes until every point is within 0.05 decades, ")
                .append(seeds)
                .append(" synthetic curves without noise\n\n| plan | probes | at most | rounds |");
        SyntheticAnswers.POINTS.forEach(
                point -> report.append(' ').append(point).append(" |"));
        report.append("\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        append(report, SyntheticAnswers.row("ours", exact.adaptive(1, 64)));
        append(report, SyntheticAnswers.row("`plan: paper`", exact.paper(SearchPlan.Reading.RELATIVE)));
        append(report, SyntheticAnswers.row("`plan: paper`, `reading: paper`", exact.paper(SearchPlan.Reading.PAPER)));
        append(report, row("every 0.05 decades", exact.bruteForce()));
        report.append("\nErrors in decades: median / 90 % / largest.\n\n");
    }

    private static String row(String name, Map<String, Percentiles> errors) {
        StringBuilder row = new StringBuilder("| " + name + " | 161 | 161 | 1 |");
        for (String point : SyntheticAnswers.POINTS) {
            Percentiles of = Objects.requireNonNull(errors.get(point));
            row.append(String.format(Locale.ROOT, " %.3f / %.3f / %.3f |", of.at(0.5), of.at(0.9), of.at(1)));
        }
        return row.toString();
    }

    private static void addNoise(StringBuilder report, int seeds) {
        report.append("## Noise of 5 % of the fall, ").append(seeds).append(" synthetic curves\n\n| search | probes |");
        SyntheticAnswers.POINTS.forEach(
                point -> report.append(' ').append(point).append(" |"));
        report.append("\n| --- | ---: | ---: | ---: | ---: | ---: |\n");
        SyntheticAnswers noisy = new SyntheticAnswers(seeds, NOISE, 0);
        append(report, withCoverage("one seed, 64 probes", noisy.adaptive(1, 64)));
        append(report, withCoverage("4 seeds where it matters", noisy.adaptive(REPEATS, PROBES)));
        append(
                report,
                withCoverage(
                        "4 seeds, seed effect three times the noise",
                        new SyntheticAnswers(seeds, NOISE, 3 * NOISE).adaptive(REPEATS, PROBES)));
        append(report, withCoverage("`plan: paper`, `reading: paper`", noisy.paper(SearchPlan.Reading.PAPER)));
        report.append("\nMedian error in decades, and how many intervals of a stated 90 % hold the truth.\n\n");
    }

    private static String withCoverage(String name, SyntheticAnswers.Table table) {
        StringBuilder row = new StringBuilder(
                String.format(Locale.ROOT, "| %s | %.1f |", name, table.probes().mean()));
        for (String point : SyntheticAnswers.POINTS) {
            SyntheticAnswers.OfPoint of = Objects.requireNonNull(table.points().get(point));
            row.append(String.format(
                    Locale.ROOT,
                    " %.3f, %s |",
                    of.errors().at(0.5),
                    of.coverage() == 0 ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * of.coverage())));
        }
        return row.toString();
    }

    private static void addTimes(StringBuilder report) {
        report.append("## Time of a decision\n\n| points on the curve | ms |\n| ---: | ---: |\n");
        for (int points : List.of(16, 32, 64)) {
            append(report, String.format(Locale.ROOT, "| %d | %.2f |", points, DecisionTime.millis(points)));
        }
        report.append('\n');
    }

    private static void append(StringBuilder report, String line) {
        report.append(line).append('\n');
    }
}
