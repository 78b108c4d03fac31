package io.stepsampler.worker.script;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A class in TorchScript and one instance of it, packed as {@code torch.jit.save} would do it.
 *
 * @param attributes of the instance beside {@code training}: {@code Long} or {@code Double}
 */
record ScriptArchive(String className, String source, Map<String, Object> attributes) {

    /** Pickled: an empty tuple. */
    private static final byte[] NO_CONSTANTS = latin("\u0080\u0002).");

    /** Of the archive's layout. */
    private static final byte[] VERSION = latin("3\n");

    ScriptArchive {
        attributes = Map.copyOf(attributes);
        attributes.forEach((name, value) -> {
            if (!(value instanceof Long) && !(value instanceof Double)) {
                throw new IllegalArgumentException(name + " is " + value + "; it must be a Long or a Double");
            }
        });
    }

    InputStream stream() throws IOException {
        StoredZip zip = new StoredZip(source.length());
        zip.add("script/data.pkl", instance());
        zip.add("script/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
        zip.add("script/constants.pkl", NO_CONSTANTS);
        zip.add("script/version", VERSION);
        return zip.stream();
    }

    /** In the pickle protocol 2: the class without arguments, then a dictionary that sets the attributes. */
    private byte[] instance() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream pickle = new DataOutputStream(bytes);
        pickle.write(latin("\u0080\u0002c__torch__\n" + className + "\n)\u0081}("));
        key(pickle, "training");
        pickle.write('\u0088');
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            key(pickle, attribute.getKey());
            if (attribute.getValue() instanceof Double number) {
                pickle.write('G');
                pickle.writeDouble(number);
            } else {
                pickle.write(latin("\u008a\b"));
                pickle.writeLong(Long.reverseBytes((Long) attribute.getValue()));
            }
        }
        pickle.write(latin("ub."));
        return bytes.toByteArray();
    }

    private static void key(DataOutputStream pickle, String name) throws IOException {
        pickle.write('X');
        pickle.writeInt(Integer.reverseBytes(name.length()));
        pickle.write(latin(name));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
