package io.stepsampler.worker.network;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A class of modules, as an archive's code declares it.
 *
 * @param buffers names of its tensors that no gradient is taken for
 * @param modules its modules by name, each with its class
 * @param keepsLists whether it has lists of numbers, which code could change
 */
record ModuleClass(Set<String> buffers, Map<String, String> modules, boolean keepsLists) {

    private static final Pattern TENSORS = Pattern.compile("(?m)^  __(parameters|buffers)__ = \\[(.*)\\]$");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?m)^  (?:(\\w+) : |__annotations__\\[\"([^\"]+)\"\\] = )(.+)$");
    private static final Pattern MODULE = Pattern.compile("__torch__\\.[\\w.]+");
    private static final Pattern NUMBERS = Pattern.compile("List\\[(bool|int|float)\\]");
    private static final Pattern HARMLESS =
            Pattern.compile("Final\\[.*|bool|int|float|str|NoneType|Optional\\[(bool|int|float|str)\\]");

    /** Empty where it holds something that a trial could leave changed and that is neither a tensor nor a module. */
    static Optional<ModuleClass> parse(String body) {
        int methods = body.indexOf("  def ");
        String declarations = methods < 0 ? body : body.substring(0, methods);
        Set<String> parameters = names(declarations, "parameters");
        Set<String> buffers = names(declarations, "buffers");
        Map<String, String> modules = new LinkedHashMap<>();
        boolean keepsLists = false;
        Matcher attribute = ATTRIBUTE.matcher(declarations);
        while (attribute.find()) {
            String name = attribute.group(1) == null ? attribute.group(2) : attribute.group(1);
            String type = attribute.group(3);
            if (MODULE.matcher(type).matches()) {
                modules.put(name, type);
            } else if (NUMBERS.matcher(type).matches()) {
                keepsLists = true;
            } else if (!isTensor(name, type, parameters, buffers)
                    && !HARMLESS.matcher(type).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ModuleClass(buffers, modules, keepsLists));
    }

    private static boolean isTensor(String name, String type, Set<String> parameters, Set<String> buffers) {
        return switch (type) {
            case "Tensor" -> parameters.contains(name) || buffers.contains(name);
            case "Optional[Tensor]" -> parameters.contains(name);
            default -> false;
        };
    }

    private static Set<String> names(String declarations, String kind) {
        return TENSORS.matcher(declarations)
                .results()
                .filter(list -> list.group(1).equals(kind))
                .flatMap(list -> NAME.matcher(list.group(2)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
