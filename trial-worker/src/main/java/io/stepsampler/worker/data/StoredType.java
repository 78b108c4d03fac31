package io.stepsampler.worker.data;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * The types of numbers that are read from safetensors files, by the names that the format gives them. Training knows
 * three of them: float32, int64 and bool.
 */
enum StoredType {
    BOOL(Byte.BYTES, DataType.BOOLEAN, DataType.BOOLEAN),
    U8(Byte.BYTES, DataType.UINT8, DataType.INT64),
    I8(Byte.BYTES, DataType.INT8, DataType.INT64),
    I16(Short.BYTES, DataType.INT64, DataType.INT64) {
        @Override
        ByteBuffer loadable(ByteBuffer stored) {
            return widened(stored, bytes(), stored::getShort);
        }
    },
    U16(Short.BYTES, DataType.INT64, DataType.INT64) {
        @Override
        ByteBuffer loadable(ByteBuffer stored) {
            return widened(stored, bytes(), at -> Short.toUnsignedLong(stored.getShort(at)));
        }
    },
    I32(Integer.BYTES, DataType.INT32, DataType.INT64),
    U32(Integer.BYTES, DataType.INT64, DataType.INT64) {
        @Override
        ByteBuffer loadable(ByteBuffer stored) {
            return widened(stored, bytes(), at -> Integer.toUnsignedLong(stored.getInt(at)));
        }
    },
    I64(Long.BYTES, DataType.INT64, DataType.INT64),
    F16(Short.BYTES, DataType.FLOAT16, DataType.FLOAT32),
    /** The upper half of a float32. DJL knows the type, and its native part ends the process over it. */
    BF16(Short.BYTES, DataType.FLOAT32, DataType.FLOAT32) {
        @Override
        ByteBuffer loadable(ByteBuffer stored) {
            ByteBuffer wide = outsideTheHeap(stored.remaining() / Short.BYTES * Float.BYTES);
            while (stored.hasRemaining()) {
                wide.putInt(stored.getShort() << Short.SIZE);
            }
            return wide.flip();
        }
    },
    F32(Float.BYTES, DataType.FLOAT32, DataType.FLOAT32),
    F64(Double.BYTES, DataType.FLOAT64, DataType.FLOAT32);

    private final int bytes;
    private final DataType loaded;
    private final DataType trained;

    StoredType(int bytes, DataType loaded, DataType trained) {
        this.bytes = bytes;
        this.loaded = loaded;
        this.trained = trained;
    }

    /** Numpy's names for them, as its files have them: least significant byte first. */
    private static final Map<String, StoredType> NUMPY = Map.ofEntries(
            Map.entry("|b1", BOOL),
            Map.entry("|u1", U8),
            Map.entry("|i1", I8),
            Map.entry("<i2", I16),
            Map.entry("<u2", U16),
            Map.entry("<i4", I32),
            Map.entry("<u4", U32),
            Map.entry("<i8", I64),
            Map.entry("<f2", F16),
            Map.entry("<f4", F32),
            Map.entry("<f8", F64));

    static Optional<StoredType> ofNumpy(String name) {
        return Optional.ofNullable(NUMPY.get(name));
    }

    static List<String> numpyNames() {
        return NUMPY.keySet().stream().sorted().toList();
    }

    static Optional<StoredType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Of one number. */
    int bytes() {
        return bytes;
    }

    /** What PyTorch is handed, see {@link #loadable}. */
    DataType loaded() {
        return loaded;
    }

    /** What the number is trained as. */
    DataType trained() {
        return trained;
    }

    /** The numbers as {@link #loaded}; DJL has no integers of 16 bits and none without a sign above 8. */
    ByteBuffer loadable(ByteBuffer stored) {
        return stored;
    }

    private static ByteBuffer widened(ByteBuffer stored, int bytes, IntToLongFunction number) {
        int count = stored.remaining() / bytes;
        ByteBuffer wide = outsideTheHeap(count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            wide.putLong(number.applyAsLong(stored.position() + i * bytes));
        }
        return wide.flip();
    }

    private static ByteBuffer outsideTheHeap(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
