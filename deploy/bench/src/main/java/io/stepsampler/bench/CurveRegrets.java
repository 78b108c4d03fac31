package io.stepsampler.bench;

import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Source;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.AnalysisSettings;
import io.stepsampler.method.Answer;
import io.stepsampler.method.CurveAnalysis;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.CurveSvg;
import io.stepsampler.method.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each method's rate costs in the end, on grids that others trained to the end. Their momentum is 0.99. */
record CurveRegrets(PublishedCurves curves) {

    private static final double MOMENTUM = 0.99;
    private static final List<Integer> STEPS = List.of(20, 50, 100, 200, 400);
    private static final List<String> METHODS = List.of(
            "recommended", "log-midpoint", "half-loss", "steepest", "minimum", "minimum-tenth", "valley", "slide");

    void addTo(StringBuilder report, Path folder) throws IOException {
        report.append("## Regret on published grids\n\n")
                .append(
                        "The share of the way from the initial to the best final loss that a rate misses in the end; 1 where it")
                .append(" diverges, – where the method gives none.\n\n");
        for (int steps : STEPS) {
            report.append("### The grid's 36 rates, read after ")
                    .append(steps)
                    .append(" steps\n\n")
                    .append(head());
            for (Map.Entry<String, PublishedCurves.Grid> entry : curves.grids().entrySet()) {
                Answer answer = analyze(entry.getKey(), entry.getValue(), steps);
                report.append(row(entry.getKey(), entry.getValue(), answer)).append(" |\n");
            }
            report.append('\n');
        }
        for (boolean lengthen : new boolean[] {false, true}) {
            addSearches(report, folder, lengthen);
        }
        addProbes(report);
    }

    private void addProbes(StringBuilder report) {
        report.append("### Probes of searches with `steps: 20`\n\n")
                .append("| grid | ours | `plan: paper` | `plan: paper`, `reading: paper` |\n")
                .append("| --- | ---: | ---: | ---: |\n");
        curves.grids().forEach((name, grid) -> {
            report.append("| ").append(name).append(" | ");
            for (SearchPlan plan : List.of(
                    SimulatedSearch.PLAN,
                    SimulatedSearch.paper(SearchPlan.Reading.RELATIVE),
                    SimulatedSearch.paper(SearchPlan.Reading.PAPER))) {
                SimulatedSearch search = search(plan, name, grid, false);
                report.append(search.trials().size())
                        .append(' ')
                        .append(search.answer().state())
                        .append(" | ");
            }
            report.append('\n');
        });
        report.append('\n');
    }

    private static String head() {
        return "| grid | " + String.join(" | ", METHODS) + " | state and warnings |\n| --- |"
                + " ---: |".repeat(METHODS.size()) + " --- |\n";
    }

    private void addSearches(StringBuilder report, Path folder, boolean lengthen) throws IOException {
        report.append("### Searches with `steps: ")
                .append(lengthen ? "auto" : "20")
                .append("`\n\n");
        report.append(head().replace(" state and warnings |\n", " state and warnings | probes | steps |\n")
                .replace(" --- |\n", " --- | ---: | ---: |\n"));
        List<Double> regrets = new ArrayList<>();
        for (Map.Entry<String, PublishedCurves.Grid> entry : curves.grids().entrySet()) {
            SimulatedSearch search = search(SimulatedSearch.PLAN, entry.getKey(), entry.getValue(), lengthen);
            Double rate = search.answer().recommendedLearningRate();
            regrets.add(rate == null ? 1 : entry.getValue().regret(rate));
            report.append(row(entry.getKey(), entry.getValue(), search.answer()))
                    .append(" | ")
                    .append(search.trials().size())
                    .append(" | ")
                    .append(search.trainingSteps())
                    .append(" |\n");
            String name = entry.getKey().replace(' ', '-') + (lengthen ? "-auto" : "") + ".svg";
            Files.writeString(
                    folder.resolve(name),
                    CurveSvg.draw(search.answer().finding(null, entry.getKey(), null, null, null)));
        }
        Percentiles all = Percentiles.of(regrets);
        report.append(String.format(
                Locale.ROOT, "%nMean regret of the recommendation: %.3f; largest: %.3f.%n%n", all.mean(), all.at(1)));
    }

    private static Answer analyze(String name, PublishedCurves.Grid grid, int steps) {
        StringBuilder csv = new StringBuilder("learning_rate,loss,step\n");
        for (double rate : grid.losses().keySet()) {
            for (int step = 0; step <= steps; step++) {
                csv.append(rate)
                        .append(',')
                        .append(grid.loss(rate, step))
                        .append(',')
                        .append(step)
                        .append('\n');
            }
        }
        CurveCsv.Result.Read read = (CurveCsv.Result.Read) CurveCsv.read(csv.toString());
        Double momentum = name.endsWith("Momentum") ? MOMENTUM : null;
        return CurveAnalysis.analyze(
                read.curve(), new AnalysisSettings(0.05, momentum, steps, SearchPlan.Reading.RELATIVE, null));
    }

    private static String row(String name, PublishedCurves.Grid grid, Answer answer) {
        Map<String, Double> rates = new LinkedHashMap<>();
        if (answer.recommendedLearningRate() != null) {
            rates.put("recommended", answer.recommendedLearningRate());
        }
        for (Selection selection : answer.selections()) {
            if (selection.source() == Source.TRIALS) {
                rates.put(selection.method(), selection.learningRate());
            }
        }
        return "| " + name + " | "
                + METHODS.stream()
                        .map(method -> {
                            Double rate = rates.get(method);
                            return rate == null ? "–" : String.format(Locale.ROOT, "%.3f", grid.regret(rate));
                        })
                        .collect(Collectors.joining(" | "))
                + " | " + answer.state() + " "
                + answer.warnings().stream().map(Warning::code).collect(Collectors.joining(" "));
    }

    private static SimulatedSearch search(SearchPlan plan, String name, PublishedCurves.Grid grid, boolean lengthen) {
        Optimizer optimizer = name.endsWith("Adam")
                ? new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0)
                : new Optimizer.Sgd(name.endsWith("Momentum") ? MOMENTUM : 0, 0, 0, false);
        return SimulatedSearch.run(
                new Settings(plan, optimizer, 20, lengthen, 1),
                probe -> train(grid, probe.learningRate(), probe.steps()));
    }

    /** The losses of its steps are the grid's before each, as in training. */
    private static Outcome train(PublishedCurves.Grid grid, double rate, int steps) {
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            double loss = rate == 0 ? grid.initialLoss() : between(grid, rate, step);
            if (!Double.isFinite(loss)) {
                return new Outcome.Diverged(Math.max(1, step), losses);
            }
            losses.add(loss);
        }
        return new Outcome.Measured(losses.get(steps), losses.subList(0, steps));
    }

    /** Linear in log10 of the rate between the grid's rates, held flat beyond its ends. */
    private static double between(PublishedCurves.Grid grid, double rate, int step) {
        Double below = grid.losses().floorKey(rate);
        Double above = grid.losses().ceilingKey(rate);
        double low = below == null ? grid.losses().firstKey() : below;
        double high = above == null ? grid.losses().lastKey() : above;
        double share = low == high ? 0 : Math.log(rate / low) / Math.log(high / low);
        return (1 - share) * grid.loss(low, step) + (share == 0 ? 0 : share * grid.loss(high, step));
    }
}
