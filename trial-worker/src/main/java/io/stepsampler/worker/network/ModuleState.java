package io.stepsampler.worker.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a module's state is, read from the code of its archive. Where it is parameters and buffers alone, with no
 * further tensor, no dictionary, no list that code could change and no assignment to an attribute, a trial can leave
 * nothing behind but numbers in them, which can be copied back; else the module must be loaded anew.
 */
final class ModuleState {

    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)(\\([^)]*\\))?:\\n((?:  .*\\n|\\n)*)");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^\\s+[^=\\n:]*\\.\\w+ = |\\bsetattr\\(");
    private static final Pattern LIST_CHANGE = Pattern.compile(
            "\\b(append|extend|insert|pop|remove|clear|reverse|sort|_set_item|__setitem__|Delete|__delitem__)\\(");

    /** Tensors in the code itself. */
    private static final String CONSTANTS = "CONSTANTS.";

    private final Map<String, ModuleClass> classes;

    private ModuleState(Map<String, ModuleClass> classes) {
        this.classes = classes;
    }

    /** An expression for each buffer, such as {@code getattr(getattr(self, "0"), "running_mean")}; empty: load anew. */
    static Optional<List<String>> buffers(TorchScriptArchive archive) {
        Map<String, ModuleClass> classes = new HashMap<>();
        for (Map.Entry<String, String> source : archive.sources().entrySet()) {
            String code = source.getValue();
            if (code.contains(CONSTANTS) || ASSIGNMENT.matcher(code).find()) {
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
        boolean changesLists = archive.code().stream()
                .anyMatch(code -> LIST_CHANGE.matcher(code).find());
        if (changesLists && classes.values().stream().anyMatch(ModuleClass::keepsLists)) {
            return Optional.empty();
        }
        List<String> buffers = new ArrayList<>();
        boolean isKnown =
                new ModuleState(classes).collect(archive.module() + "." + archive.className(), "self", buffers);
        return isKnown ? Optional.of(buffers) : Optional.empty();
    }

    /** Whether every class below is declared in the archive. */
    private boolean collect(String type, String path, List<String> buffers) {
        ModuleClass declared = classes.get(type);
        if (declared == null) {
            return false;
        }
        declared.buffers().forEach(name -> buffers.add(attribute(path, name)));
        return declared.modules().entrySet().stream()
                .allMatch(module -> collect(module.getValue(), attribute(path, module.getKey()), buffers));
    }

    private static String attribute(String path, String name) {
        return "getattr(" + path + ", \"" + name + "\")";
    }
}
