package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The learning rates of a series as a table; what is not known is empty. */
public final class ScheduleCsv {

    private static final String HEADER = "step,learning_rate,window_min,window_max,state,search_id\n";

    private ScheduleCsv() {}

    /** @param findings by step */
    public static String write(List<SeriesFinding> findings) {
        return HEADER + findings.stream().map(ScheduleCsv::line).collect(Collectors.joining());
    }

    private static String line(SeriesFinding found) {
        Finding finding = found.finding();
        Finding.Window window = finding.window();
        return found.step() + "," + cell(finding.recommendedLearningRate()) + ","
                + cell(window == null ? null : (Double) window.minLearningRate()) + ","
                + cell(window == null ? null : (Double) window.maxLearningRate()) + "," + finding.state() + ","
                + cell(finding.searchId()) + "\n";
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
