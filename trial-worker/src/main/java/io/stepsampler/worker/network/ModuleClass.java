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
 * @param tensors those that are no parameters, by name: whether they may be absent
 * @param modules its modules by name, each with its class
 * @param lists names of its lists of numbers, which code that reads them could change
 */
record ModuleClass(Map<String, Boolean> tensors, Map<String, String> modules, Set<String> lists) {

    private static final Pattern PARAMETERS = Pattern.compile("(?m)^  __parameters__ = \\[(.*)\\]$");
    private static final Pattern BUFFERS = Pattern.compile("  __buffers__ = \\[.*\\]");
    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("  (?:(\\w+) : |__annotations__\\[\"([^\"]+)\"\\] = )(.+)");
    private static final Pattern MODULE = Pattern.compile("__torch__\\.[\\w.]+");
    private static final Pattern LIST = Pattern.compile("List\\[(bool|int|float)\\]");
    private static final Pattern HARMLESS =
            Pattern.compile("Final\\[.*|bool|int|float|str|NoneType|Optional\\[(bool|int|float|str)\\]");

    /**
     * Empty where it holds something that a trial could leave changed and that is neither a tensor nor a module, or where
     * a line declares something that is not known here.
     */
    static Optional<ModuleClass> parse(String body) {
        int methods = body.indexOf("  def ");
        String declarations = methods < 0 ? body : body.substring(0, methods);
        Set<String> parameters = PARAMETERS
                .matcher(declarations)
                .results()
                .flatMap(list -> NAME.matcher(list.group(1)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toSet());
        Map<String, Boolean> tensors = new LinkedHashMap<>();
        Map<String, String> modules = new LinkedHashMap<>();
        Set<String> lists = new LinkedHashSet<>();
        for (String line : declarations.lines().toList()) {
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (PARAMETERS.matcher(line).matches() || BUFFERS.matcher(line).matches()) {
                continue;
            }
            if (!attribute.matches()) {
                return Optional.empty();
            }
            String name = attribute.group(1) == null ? attribute.group(2) : attribute.group(1);
            String type = attribute.group(3);
            if (type.equals("Tensor") || type.equals("Optional[Tensor]")) {
                if (!parameters.contains(name)) {
                    tensors.put(name, !type.equals("Tensor"));
                }
            } else if (MODULE.matcher(type).matches()) {
                modules.put(name, type);
            } else if (LIST.matcher(type).matches()) {
                lists.add(name);
            } else if (!HARMLESS.matcher(type).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ModuleClass(tensors, modules, lists));
    }
}
