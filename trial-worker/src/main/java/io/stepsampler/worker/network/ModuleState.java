package io.stepsampler.worker.network;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a module's state is its parameters and nothing else, read from the code of its archive: no buffer, no further
 * tensor, no list or dictionary, and no assignment to an attribute. Then a trial can leave nothing behind but numbers in
 * parameters, which can be copied back; else the module must be loaded anew.
 */
final class ModuleState {

    private static final Pattern CLASS = Pattern.compile("(?m)^class \\w+(\\([^)]*\\))?:\\n((?:  .*\\n|\\n)*)");
    private static final Pattern PARAMETERS = Pattern.compile("(?m)^  __parameters__ = \\[(.*)\\]$");
    private static final Pattern BUFFERS = Pattern.compile("(?m)^  __buffers__ = \\[\\s*[^\\]\\s].*$");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?m)^  (?:(\\w+) : |__annotations__\\[\"([^\"]+)\"\\] = )(.+)$");
    private static final Pattern HARMLESS =
            Pattern.compile("Final\\[.*|bool|int|float|str|NoneType|Optional\\[(bool|int|float|str)\\]|__torch__\\..*");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s+[^=\\n:]*\\.\\w+ = |\\bsetattr\\(");

    /** Tensors in the code itself. */
    private static final String CONSTANTS = "CONSTANTS.";

    private ModuleState() {}

    static boolean isParametersOnly(List<String> code) {
        return code.stream().allMatch(ModuleState::isParametersOnly);
    }

    private static boolean isParametersOnly(String file) {
        if (file.contains(CONSTANTS) || ASSIGNMENT.matcher(file).find()) {
            return false;
        }
        Matcher classes = CLASS.matcher(file);
        while (classes.find()) {
            if (!"(Module)".equals(classes.group(1)) || !hasNoOtherState(classes.group(2))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasNoOtherState(String body) {
        int methods = body.indexOf("  def ");
        String declarations = methods < 0 ? body : body.substring(0, methods);
        Set<String> parameters = PARAMETERS
                .matcher(declarations)
                .results()
                .flatMap(list ->
                        Pattern.compile("\"([^\"]+)\"").matcher(list.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        if (BUFFERS.matcher(declarations).find()) {
            return false;
        }
        return ATTRIBUTE.matcher(declarations).results().allMatch(attribute -> {
            String name = attribute.group(1) == null ? attribute.group(2) : attribute.group(1);
            return attribute.group(3).equals("Tensor")
                    ? parameters.contains(name)
                    : HARMLESS.matcher(attribute.group(3)).matches();
        });
    }
}
