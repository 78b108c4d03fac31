package io.stepsampler.bench;

import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.method.AnalysisSettings;
import io.stepsampler.method.Answer;
import io.stepsampler.method.CurveAnalysis;
import io.stepsampler.method.CurveCsv;
import io.stepsampler.method.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What each method's rate costs in the end, on grids that others trained to the end. */
final class CurveRegrets {

    private static final double MOMENTUM = 0.99;

    private CurveRegrets() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, PublishedCurves.Grid> grids =
                PublishedCurves.read(Path.of(arguments[0])).grids();
        System.out.println("The whole grid of rates, read after n steps");
        for (int steps : new int[] {20, 50, 100, 200, 400}) {
            grids.forEach((name, grid) -> System.out.printf(
                    Locale.ROOT, "%-32s n %3d  %s%n", name, steps, row(grid, analyze(name, grid, steps))));
        }
        System.out.println("Searches");
        for (boolean lengthen : new boolean[] {false, true}) {
            grids.forEach((name, grid) -> search(name, grid, lengthen));
        }
    }

    private static Answer analyze(String name, PublishedCurves.Grid grid, int steps) {
        StringBuilder csv = new StringBuilder("learning_rate,loss,step\n0," + grid.initialLoss() + "," + steps + "\n");
        grid.losses()
                .keySet()
                .forEach(rate -> csv.append(rate)
                        .append(',')
                        .append(grid.loss(rate, steps))
                        .append(',')
                        .append(steps)
                        .append('\n'));
        CurveCsv.Result.Read read = (CurveCsv.Result.Read) CurveCsv.read(csv.toString());
        Double momentum = name.endsWith("Momentum") ? MOMENTUM : null;
        return CurveAnalysis.analyze(
                read.curve(), new AnalysisSettings(0.05, momentum, null, SearchPlan.Reading.RELATIVE));
    }

    private static String row(PublishedCurves.Grid grid, Answer answer) {
        Map<String, Double> rates = new LinkedHashMap<>();
        if (answer.recommendedLearningRate() != null) {
            rates.put("recommended", answer.recommendedLearningRate());
        }
        for (Selection selection : answer.selections()) {
            rates.put(selection.method(), selection.learningRate());
        }
        return rates.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%s %.1e %.3f",
                                entry.getKey(),
                                entry.getValue(),
                                grid.regret(entry.getValue())))
                        .collect(Collectors.joining("  "))
                + "  " + answer.state() + " "
                + answer.warnings().stream().map(Warning::code).toList();
    }

    private static void search(String name, PublishedCurves.Grid grid, boolean lengthen) {
        Optimizer optimizer = name.endsWith("Adam")
                ? new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0)
                : new Optimizer.Sgd(name.endsWith("Momentum") ? MOMENTUM : 0, 0, 0, false);
        SearchPlan plan = new SearchPlan(
                1e-7,
                10,
                0.5,
                0.05,
                new SearchPlan.Budget(64),
                SearchPlan.Refinement.ADAPTIVE,
                SearchPlan.Reading.RELATIVE,
                false);
        SimulatedSearch run = SimulatedSearch.run(
                new Settings(plan, optimizer, 20, lengthen, 1),
                probe -> train(grid, probe.learningRate(), probe.steps()));
        System.out.printf(
                Locale.ROOT,
                "%-32s %s probes %d steps %d (%s)%n",
                name,
                row(grid, run.answer()),
                run.trials().size(),
                run.trainingSteps(),
                run.answer().reason());
    }

    /** Linear in log10 of the rate between the grid's rates, held flat beyond its ends. */
    private static Outcome train(PublishedCurves.Grid grid, double rate, int steps) {
        if (rate == 0) {
            return new Outcome.Measured(grid.initialLoss(), List.of());
        }
        Double below = grid.losses().floorKey(rate);
        Double above = grid.losses().ceilingKey(rate);
        double low = below == null ? above : below;
        double high = above == null ? below : above;
        double share = low == high ? 0 : Math.log(rate / low) / Math.log(high / low);
        double loss = (1 - share) * grid.loss(low, steps) + (share == 0 ? 0 : share * grid.loss(high, steps));
        return Double.isFinite(loss) ? new Outcome.Measured(loss, List.of()) : new Outcome.Diverged(1, List.of());
    }
}
