package io.stepsampler.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Losses that PyTorch gave: a row for each learning rate, the validation loss, then the training loss of each step. */
record ReferenceCurve(List<Row> rows) {

    record Row(double learningRate, double validationLoss, List<Double> stepLosses) {}

    static ReferenceCurve read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            List<Double> numbers = Arrays.stream(line.split(",", -1))
                    .map(ReferenceCurve::number)
                    .toList();
            rows.add(new Row(numbers.get(0), numbers.get(1), numbers.subList(2, numbers.size())));
        }
        return new ReferenceCurve(rows);
    }

    private static double number(String text) {
        return switch (text.strip()) {
            case "", "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
