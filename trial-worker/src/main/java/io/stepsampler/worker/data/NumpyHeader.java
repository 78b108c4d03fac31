package io.stepsampler.worker.data;

import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an {@code .npy} file says that it holds: a mark, a version, a length of 16 or 32 bits and so much of a Python
 * dictionary.
 *
 * @param byColumns whether the first index runs fastest
 */
record NumpyHeader(String name, StoredType type, Shape shape, boolean byColumns) {

    private static final byte[] MARK = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_BYTES = 2;
    private static final int LONGEST = 1 << 20;

    private static final Pattern TYPE = Pattern.compile("'descr': *('[^']*'|\\[.*\\])");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

    static NumpyHeader read(TensorSource source, String name, DigestedChannel content) throws IOException, Refusal {
        ByteBuffer beginning = content.read(MARK.length + VERSION_BYTES);
        byte[] mark = new byte[MARK.length];
        beginning.get(mark);
        int version = beginning.get();
        if (!Arrays.equals(mark, MARK) || version < 1) {
            throw source.malformed("the array " + name + " does not begin as an .npy file does");
        }
        long length = version == 1
                ? Short.toUnsignedLong(content.read(Short.BYTES).getShort())
                : Integer.toUnsignedLong(content.read(Integer.BYTES).getInt());
        if (length > LONGEST) {
            throw source.malformed("the header of the array " + name + " claims " + length + " bytes; at most "
                    + LONGEST + " are allowed");
        }
        byte[] text = new byte[(int) length];
        content.read(text.length).get(text);
        return parsed(source, name, new String(text, StandardCharsets.UTF_8));
    }

    private static NumpyHeader parsed(TensorSource source, String name, String text) throws Refusal {
        Matcher typeName = TYPE.matcher(text);
        Matcher order = ORDER.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        if (!typeName.find() || !order.find() || !shape.find()) {
            throw source.malformed("the header of the array " + name + " is " + text.strip());
        }
        String stated = typeName.group(1).replace("'", "");
        StoredType type = StoredType.ofNumpy(stated)
                .orElseThrow(() -> source.malformed(
                        "the array " + name + " has the dtype " + stated + "; read are " + StoredType.numpyNames()));
        Shape sides = shape(source, name, type, shape.group(1));
        return new NumpyHeader(name, type, sides, order.group(1).equals("True") && sides.dimension() > 1);
    }

    private static Shape shape(TensorSource source, String name, StoredType type, String text) throws Refusal {
        BigInteger[] sides = Pattern.compile("[0-9]+")
                .matcher(text)
                .results()
                .map(side -> new BigInteger(side.group()))
                .toArray(BigInteger[]::new);
        BigInteger bytes = Arrays.stream(sides).reduce(BigInteger.valueOf(type.bytes()), BigInteger::multiply);
        boolean fits =
                bytes.bitLength() < Long.SIZE && Arrays.stream(sides).allMatch(side -> side.bitLength() < Long.SIZE);
        if (!fits) {
            throw source.malformed("the array " + name + " of shape (" + text + ") is larger than any file can be");
        }
        return new Shape(Arrays.stream(sides).mapToLong(BigInteger::longValue).toArray());
    }

    /** The numbers as they lie in the file. */
    StoredTensor stored() {
        long[] sides = shape.getShape().clone();
        if (byColumns) {
            for (int i = 0; i < sides.length; i++) {
                sides[i] = shape.get(sides.length - 1 - i);
            }
        }
        return new StoredTensor(name, type, new Shape(sides), 0, shape.size() * type.bytes());
    }
}
