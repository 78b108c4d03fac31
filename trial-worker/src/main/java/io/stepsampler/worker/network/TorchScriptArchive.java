package io.stepsampler.worker.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an archive of {@code torch.jit.save} says about itself: a zip whose {@code data.pkl} begins with the module's
 * class, and whose {@code code} folder declares that class.
 *
 * @param code of all its files
 * @param forward empty where the module has no such method
 */
record TorchScriptArchive(List<String> code, Optional<ForwardSignature> forward) {

    /** No code that a person wrote is longer, and an archive may claim any length. */
    private static final int LONGEST_FILE = 1 << 24;

    private static final String PICKLE = "/data.pkl";
    private static final String CODE = "/code/";
    private static final int PROTOCOL_BYTES = 2;

    TorchScriptArchive {
        code = List.copyOf(code);
    }

    static TorchScriptArchive read(byte[] content) throws IOException {
        ZipContent zip = ZipContent.of(content);
        String pickle = zip.names().stream()
                .filter(name -> name.endsWith(PICKLE))
                .findFirst()
                .orElseThrow(() -> new IOException("it holds no data.pkl"));
        String root = pickle.substring(0, pickle.length() - PICKLE.length());
        List<String> code = new ArrayList<>();
        for (String name : zip.names()) {
            if (name.startsWith(root + CODE) && name.endsWith(".py")) {
                code.add(text(zip, name));
            }
        }
        String[] module = className(text(zip, pickle));
        String body = classBody(text(zip, root + CODE + module[0].replace('.', '/') + ".py"), module[1]);
        return new TorchScriptArchive(code, ForwardSignature.parse(body));
    }

    /** After the protocol comes {@code c}, the module, the class, each ended by a line feed. */
    private static String[] className(String pickle) throws IOException {
        if (pickle.length() > PROTOCOL_BYTES && pickle.charAt(PROTOCOL_BYTES) == 'c') {
            String[] lines = pickle.substring(PROTOCOL_BYTES + 1).split("\n", 3);
            if (lines.length == 3) {
                return lines;
            }
        }
        throw new IOException("its data.pkl does not begin with a class");
    }

    private static String classBody(String code, String name) {
        int begin = code.indexOf("class " + name + "(");
        if (begin < 0) {
            return "";
        }
        int end = Stream.of("\nclass ", "\ndef ")
                .mapToInt(next -> code.indexOf(next, begin))
                .filter(next -> next >= 0)
                .min()
                .orElse(code.length());
        return code.substring(begin, end);
    }

    /** Empty where there is no such entry. Latin letters keep each byte of a pickle. */
    private static String text(ZipContent zip, String name) throws IOException {
        return zip.read(name, LONGEST_FILE)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .orElse("");
    }
}
