package io.stepsampler.worker.optimizer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The updates of {@code torch.optim}, written out in TorchScript ({@code updates.py}): PyTorch's own fused operations
 * in PyTorch's order, for all parameters in one call. The source is packed as {@code torch.jit.save} would do it.
 */
final class UpdateScript {

    private static final String SOURCE = "updates.py";

    /** Pickled: an instance of {@code __torch__.Updates} whose attribute {@code training} is true. */
    private static final byte[] INSTANCE = "\u0080\u0002c__torch__\nUpdates\n)\u0081}(X\b\0\0\0training\u0088ub."
            .getBytes(StandardCharsets.ISO_8859_1);

    /** Pickled: an empty tuple. */
    private static final byte[] NO_CONSTANTS = "\u0080\u0002).".getBytes(StandardCharsets.ISO_8859_1);

    /** Of the archive's layout. */
    private static final byte[] VERSION = "3\n".getBytes(StandardCharsets.ISO_8859_1);

    private final PtSymbolBlock module;

    private UpdateScript(PtSymbolBlock module) {
        this.module = module;
    }

    /** Compiles the script, which takes a few milliseconds. */
    static UpdateScript load() {
        try (InputStream source = Objects.requireNonNull(UpdateScript.class.getResourceAsStream(SOURCE), SOURCE)) {
            PtNDManager manager = (PtNDManager) Engine.getInstance().newBaseManager();
            return new UpdateScript(JniUtils.loadModule(
                    manager, new ByteArrayInputStream(archive(source.readAllBytes())), true, /* hasSize= */ false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is done to one parameter.
     *
     * @param step of this parameter, counted from 1
     */
    record Move(
            NDArray parameter, NDArray gradient, List<NDArray> memory, long step, double rate, double weightDecay) {}

    void run(UpdateRule rule, List<Move> moves) {
        List<IValue> values = new ArrayList<>();
        try {
            values.add(tensors(moves.stream().map(Move::parameter)));
            values.add(tensors(moves.stream().map(Move::gradient)));
            values.add(tensors(moves.stream().flatMap(move -> move.memory().stream())));
            values.add(IValue.listFrom(moves.stream().mapToLong(Move::step).toArray()));
            values.add(IValue.listFrom(moves.stream().mapToDouble(Move::rate).toArray()));
            values.add(IValue.listFrom(
                    moves.stream().mapToDouble(Move::weightDecay).toArray()));
            rule.options().forEach(option -> values.add(option(option)));
            IValueUtils.runMethod(module, rule.method(), values.toArray(IValue[]::new))
                    .close();
        } finally {
            values.forEach(IValue::close);
        }
    }

    private static IValue tensors(Stream<NDArray> arrays) {
        return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
    }

    private static IValue option(Object option) {
        return option instanceof Boolean flag ? IValue.from(flag) : IValue.from((double) option);
    }

    private static byte[] archive(byte[] source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            add(zip, "updates/data.pkl", INSTANCE);
            add(zip, "updates/code/__torch__.py", source);
            add(zip, "updates/constants.pkl", NO_CONSTANTS);
            add(zip, "updates/version", VERSION);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
