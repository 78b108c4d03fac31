package io.stepsampler.worker.script;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** A class written in TorchScript, compiled. Nothing in it changes, so that all trials may share it. */
public final class Script {

    private final PtSymbolBlock module;

    private Script(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Compiles a class, which takes a few milliseconds.
     *
     * @param beside a class with the source among its resources
     * @param source such as {@code updates.py}
     * @param name of the class in it
     * @param attributes of its instance, by name: {@code Long} or {@code Double}
     * @param owner the script is given back with it
     */
    public static Script compile(
            Class<?> beside, String source, String name, Map<String, Object> attributes, NDManager owner) {
        try (InputStream text = Objects.requireNonNull(beside.getResourceAsStream(source), source)) {
            String read = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            return new Script(JniUtils.loadModule(
                    (PtNDManager) owner,
                    new ScriptArchive(name, read, attributes).stream(),
                    /* mapLocation= */ true,
                    /* hasSize= */ false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles a class without attributes for as long as the process lives. */
    public static Script compile(Class<?> beside, String source, String name) {
        return compile(beside, source, name, Map.of(), Engine.getInstance().newBaseManager());
    }

    /** Runs a method in PyTorch's inference mode: what it answers has no gradient, and no gradient is taken of it. */
    public IValue run(String method, IValue... values) {
        return IValueUtils.runMethod(module, method, values);
    }

    /** Runs {@code forward} of tensors, so that a gradient can be taken of what it answers. */
    public NDArray forward(NDArray... tensors) {
        return IValueUtils.forward(module, new NDList(tensors), /* isTrain= */ true)
                .singletonOrThrow();
    }
}
