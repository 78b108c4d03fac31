package io.stepsampler.worker.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a module's state is, read from the code of its archive. Where it is tensors of fixed shape alone (no dictionary,
 * no list that code reads, no assignment to an attribute, nothing done to a constant of the code), a trial can leave
 * nothing behind but numbers in them, which can be copied back; else the module must be loaded anew.
 */
final class ModuleState {

    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)(\\([^)]*\\))?:\\n((?:  .*\\n|\\n)*+)");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*+\"");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s+\\S.*\\.\\w+ = |\\bsetattr\\(");
    private static final Pattern SHAPE_CHANGE = Pattern.compile("\\b(unsqueeze_|squeeze_|resize_|resize_as_|set_|t_|"
            + "transpose_|swapaxes_|swapdims_|as_strided_|detach_|requires_grad_)\\(");

    /** A tensor of the code itself that is more than a further argument of a call, which leaves it as it is. */
    private static final Pattern CONSTANT_IN_USE = Pattern.compile("(?<!, )\\bCONSTANTS\\.");

    private final Map<String, ModuleClass> classes;

    private ModuleState(Map<String, ModuleClass> classes) {
        this.classes = classes;
    }

    /**
     * A tensor of the module or of one below it that is no parameter.
     *
     * @param path such as {@code getattr(getattr(self, "0"), "running_mean")}
     */
    record Held(String path, boolean mayBeAbsent) {}

    /** All such tensors; empty where the module must be loaded anew. */
    static Optional<List<Held>> tensors(TorchScriptArchive archive) {
        Map<String, ModuleClass> classes = new HashMap<>();
        for (Map.Entry<String, String> source : archive.sources().entrySet()) {
            String code = source.getValue();
            if (code.length() >= TorchScriptArchive.LONGEST_FILE || changesMore(code)) {
                return Optional.empty();
            }
            Matcher declared = CLASS.matcher(code);
            while (declared.find()) {
                Optional<ModuleClass> parsed = ModuleClass.parse(declared.group(3));
                if (!"(Module)".equals(declared.group(2)) || parsed.isEmpty()) {
                    return Optional.empty();
                }
                classes.put(source.getKey() + "." + declared.group(1), parsed.get());
            }
        }
        if (classes.values().stream().anyMatch(declared -> readsList(declared, archive))) {
            return Optional.empty();
        }
        List<Held> held = new ArrayList<>();
        boolean isKnown = new ModuleState(classes).collect(archive.module() + "." + archive.className(), "self", held);
        return isKnown ? Optional.of(held) : Optional.empty();
    }

    private static boolean changesMore(String code) {
        String bare = TEXT.matcher(code).replaceAll("\"\"");
        return ASSIGNMENT.matcher(bare).find()
                || SHAPE_CHANGE.matcher(bare).find()
                || CONSTANT_IN_USE.matcher(bare).find();
    }

    private static boolean readsList(ModuleClass declared, TorchScriptArchive archive) {
        return declared.lists().stream()
                .map(name -> Pattern.compile("\\.%1$s\\b|, \"%1$s\"\\)".formatted(Pattern.quote(name))))
                .anyMatch(reading -> archive.code().stream()
                        .anyMatch(code -> reading.matcher(code).find()));
    }

    /** Whether every class below is declared in the archive. */
    private boolean collect(String type, String path, List<Held> held) {
        ModuleClass declared = classes.get(type);
        if (declared == null) {
            return false;
        }
        declared.tensors().forEach((name, mayBeAbsent) -> held.add(new Held(attribute(path, name), mayBeAbsent)));
        return declared.modules().entrySet().stream()
                .allMatch(module -> collect(module.getValue(), attribute(path, module.getKey()), held));
    }

    private static String attribute(String path, String name) {
        return "getattr(" + path + ", \"" + name + "\")";
    }
}
