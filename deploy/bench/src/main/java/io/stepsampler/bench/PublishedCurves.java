package io.stepsampler.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Grids of learning rates that others trained to the end: {@code steps.csv.gz} with the loss of every step, {@code
 * final.csv} with the test loss.
 */
record PublishedCurves(Map<String, Grid> grids) {

    private static final double DIVERGED_REGRET = 1;

    /**
     * One problem under one optimizer.
     *
     * @param losses by learning rate, of each step from 0; not finite from where it diverged
     * @param finals by learning rate; not finite where it diverged
     */
    record Grid(NavigableMap<Double, List<Double>> losses, NavigableMap<Double, Double> finals) {

        /** Infinite where the training diverged before. */
        double loss(double rate, int step) {
            List<Double> steps = Objects.requireNonNull(losses.get(rate));
            for (int index = 0; index <= step; index++) {
                if (index >= steps.size() || !Double.isFinite(steps.get(index))) {
                    return Double.POSITIVE_INFINITY;
                }
            }
            return steps.get(step);
        }

        double initialLoss() {
            return losses.firstEntry().getValue().get(0);
        }

        /** How much of the way from the initial to the best final loss is missing; linear between the grid's rates. */
        double regret(double rate) {
            Double below = finals.floorKey(rate);
            Double above = finals.ceilingKey(rate);
            if (below == null || above == null) {
                return regretAt(below == null ? finals.firstKey() : finals.lastKey());
            }
            if (below.equals(above)) {
                return regretAt(below);
            }
            double share = Math.log(rate / below) / Math.log(above / below);
            return (1 - share) * regretAt(below) + share * regretAt(above);
        }

        private double regretAt(double rate) {
            double best = finals.values().stream()
                    .filter(Double::isFinite)
                    .min(Double::compare)
                    .orElseThrow();
            double regret = (Objects.requireNonNull(finals.get(rate)) - best) / (initialLoss() - best);
            return Double.isFinite(regret) ? Math.min(DIVERGED_REGRET, regret) : DIVERGED_REGRET;
        }
    }

    static PublishedCurves read(Path folder) throws IOException {
        Map<String, Grid> grids = new LinkedHashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve("steps.csv.gz"))), StandardCharsets.UTF_8))) {
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                Grid grid = grids.computeIfAbsent(
                        cells[0] + " " + cells[1], key -> new Grid(new TreeMap<>(), new TreeMap<>()));
                List<Double> steps = grid.losses().computeIfAbsent(Double.valueOf(cells[2]), key -> new ArrayList<>());
                if (Integer.parseInt(cells[3]) == steps.size()) {
                    steps.add(number(cells[4]));
                }
            }
        }
        for (String line : Files.readAllLines(folder.resolve("final.csv")).subList(1, finalLines(folder))) {
            String[] cells = line.split(",", -1);
            Objects.requireNonNull(grids.get(cells[0] + " " + cells[1]))
                    .finals()
                    .put(Double.valueOf(cells[2]), number(cells[3]));
        }
        return new PublishedCurves(grids);
    }

    private static int finalLines(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("final.csv")).size();
    }

    private static double number(String cell) {
        return cell.isEmpty() || cell.equals("nan")
                ? Double.NaN
                : cell.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(cell);
    }
}
