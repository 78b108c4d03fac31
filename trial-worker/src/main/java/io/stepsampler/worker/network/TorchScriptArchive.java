package io.stepsampler.worker.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an archive of {@code torch.jit.save} says about itself: a zip whose {@code data.pkl} begins with the module's
 * class, and whose {@code code} folder declares that class.
 *
 * @param root the folder that all entries lie in
 * @param module that declares the class, such as {@code __torch__}
 * @param className without the module
 * @param sources of all its files, by module
 */
record TorchScriptArchive(String root, String module, String className, Map<String, String> sources) {

    /** No code that a person wrote is longer, and an archive may claim any length. */
    static final int LONGEST_FILE = 1 << 24;

    private static final String PICKLE = "/data.pkl";
    private static final String CODE = "/code/";
    private static final String SOURCE = ".py";
    private static final int PROTOCOL_BYTES = 2;

    TorchScriptArchive {
        sources = Map.copyOf(sources);
    }

    static TorchScriptArchive read(byte[] content) throws IOException {
        ZipContent zip = ZipContent.of(content);
        String pickle = zip.names().stream()
                .filter(name -> name.endsWith(PICKLE))
                .findFirst()
                .orElseThrow(() -> new IOException("it holds no data.pkl"));
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        String folder = root + CODE;
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : zip.names()) {
            if (name.startsWith(folder) && name.endsWith(SOURCE)) {
                String path = name.substring(folder.length(), name.length() - SOURCE.length());
                sources.put(path.replace('/', '.'), text(zip, name));
            }
        }
        String[] global = global(text(zip, pickle));
        return new TorchScriptArchive(root, global[0], global[1], sources);
    }

    List<String> code() {
        return List.copyOf(sources.values());
    }

    /** Empty where the module has no such method. */
    Optional<ForwardSignature> forward() {
        String code = sources.getOrDefault(module, "");
        return ForwardSignature.parse(code.substring(classBegin(code), classEnd(code)));
    }

    /** The entry that declares the class. */
    String sourceEntry() {
        return root + CODE + module.replace('.', '/') + SOURCE;
    }

    /** The source of that entry with a further method at the end of the class. */
    String withMethod(String method) {
        String code = sources.getOrDefault(module, "");
        int end = classEnd(code);
        String before = code.substring(0, end);
        return before + (before.endsWith("\n") ? "" : "\n") + method + code.substring(end);
    }

    /** After the protocol comes {@code c}, the module, the class, each ended by a line feed. */
    private static String[] global(String pickle) throws IOException {
        if (pickle.length() > PROTOCOL_BYTES && pickle.charAt(PROTOCOL_BYTES) == 'c') {
            String[] lines = pickle.substring(PROTOCOL_BYTES + 1).split("\n", 3);
            if (lines.length == 3) {
                return lines;
            }
        }
        throw new IOException("its data.pkl does not begin with a class");
    }

    private int classBegin(String code) {
        int begin = code.indexOf("class " + className + "(");
        return begin < 0 ? code.length() : begin;
    }

    private int classEnd(String code) {
        int begin = classBegin(code);
        return Stream.of("\nclass ", "\ndef ")
                .mapToInt(next -> code.indexOf(next, begin))
                .filter(next -> next >= 0)
                .map(next -> next + 1)
                .min()
                .orElse(code.length());
    }

    /** Empty where there is no such entry. Latin letters keep each byte of a pickle. */
    private static String text(ZipContent zip, String name) throws IOException {
        return zip.read(name, LONGEST_FILE)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
