package io.stepsampler.worker.network;

import io.stepsampler.messages.Finding.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds operations that a trace has fixed in the mode that it was made in: their argument that says whether to train is
 * a literal instead of a variable, so that no trial can switch it.
 */
final class BakedMode {

    static final String CODE = "MODE_BAKED_IN";

    private static final Pattern CALL = Pattern.compile("\\btorch\\.([a-z_]+)\\(");

    /** An operation that takes no probability and no statistics has the position -1 for them. */
    private record Operation(int training, int probability, int statistics) {

        /** Whether the mode makes any difference. */
        private boolean isIdle(List<String> arguments) {
            return (probability >= 0 && arguments.get(probability).matches("0\\.?0*"))
                    || (statistics >= 0 && arguments.get(statistics).equals("None"));
        }
    }

    private static final Operation DROPOUT = new Operation(2, 1, -1);
    private static final Operation NORMALISATION = new Operation(5, -1, 3);
    private static final Operation RECURRENT = new Operation(6, 5, -1);

    private static final Map<String, Operation> OPERATIONS = Map.ofEntries(
            Map.entry("dropout", DROPOUT),
            Map.entry("dropout_", DROPOUT),
            Map.entry("native_dropout", DROPOUT),
            Map.entry("feature_dropout", DROPOUT),
            Map.entry("feature_dropout_", DROPOUT),
            Map.entry("alpha_dropout", DROPOUT),
            Map.entry("alpha_dropout_", DROPOUT),
            Map.entry("feature_alpha_dropout", DROPOUT),
            Map.entry("feature_alpha_dropout_", DROPOUT),
            Map.entry("batch_norm", NORMALISATION),
            Map.entry("instance_norm", NORMALISATION),
            Map.entry("lstm", RECURRENT),
            Map.entry("gru", RECURRENT));

    private BakedMode() {}

    static List<Warning> warnings(List<String> code) {
        Set<String> training = new TreeSet<>();
        Set<String> evaluating = new TreeSet<>();
        for (String file : code) {
            collect(file, training, evaluating);
        }
        List<Warning> warnings = new ArrayList<>();
        if (!evaluating.isEmpty()) {
            warnings.add(new Warning(
                    CODE,
                    String.join(", ", evaluating) + " of the module stay in evaluation mode in every training step,"
                            + " because they were traced in it; script the module, or trace it in training mode"));
        }
        if (!training.isEmpty()) {
            warnings.add(new Warning(
                    CODE,
                    String.join(", ", training) + " of the module stay in training mode in every evaluation,"
                            + " because they were traced in it; script the module"));
        }
        return List.copyOf(warnings);
    }

    private static void collect(String code, Set<String> training, Set<String> evaluating) {
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            Operation operation = OPERATIONS.get(call.group(1));
            if (operation == null) {
                continue;
            }
            List<String> arguments = BracketedList.at(code, call.end() - 1).items();
            if (arguments.size() <= operation.training() || operation.isIdle(arguments)) {
                continue;
            }
            String mode = arguments.get(operation.training());
            if (mode.equals("True")) {
                training.add(call.group(1));
            } else if (mode.equals("False")) {
                evaluating.add(call.group(1));
            }
        }
    }
}
