package io.stepsampler.worker.data;

import io.stepsampler.worker.input.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the classes of a file are called: as the search file lists them, or whole numbers from 0. */
final class Labels {

    private final TextFile file;
    private final String column;
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();

    /** @param names in order; none: the file holds the numbers themselves */
    Labels(TextFile file, String column, List<String> names) throws Refusal {
        this.file = file;
        this.column = column;
        this.names = names;
        for (String name : names) {
            if (numbers.put(name, numbers.size()) != null) {
                throw Refusal.badInput("data.options.labels", names, "each label must be there once");
            }
        }
    }

    int number(long line, String label) throws Refusal {
        if (names.isEmpty()) {
            return wholeNumber(line, label);
        }
        Integer number = numbers.get(label);
        if (number == null) {
            throw refusal(line, label, "one of " + names);
        }
        return number;
    }

    int classes(int[] seen) {
        return names.isEmpty() ? IntStream.of(seen).max().orElse(-1) + 1 : names.size();
    }

    private int wholeNumber(long line, String label) throws Refusal {
        try {
            int number = Integer.parseInt(label.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wanted(line, label);
        }
        throw wanted(line, label);
    }

    private Refusal wanted(long line, String label) {
        return refusal(line, label, "a whole number from 0, or data.options.labels must list the labels");
    }

    private Refusal refusal(long line, String label, String allowed) {
        return file.refusal("line " + line + " has the " + column + " " + label + "; it must be " + allowed);
    }
}
