package io.stepsampler.worker.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PyTorch, set up so that equal trials give equal numbers. */
public final class Arithmetic {

    private static final Logger LOG = LoggerFactory.getLogger(Arithmetic.class);

    /** Changes whenever the same probe would give another number: what was measured before is then measured anew. */
    private static final String VERSION = "2";

    private final Engine engine;
    private final int threads;
    private final Map<String, String> versions;

    private Arithmetic(Engine engine, int threads, Hardware hardware) {
        this.engine = engine;
        this.threads = threads;
        Map<String, String> known = new HashMap<>(
                Map.of("pytorch", engine.getVersion(), "djl", Engine.getDjlVersion(), "stepsampler", VERSION));
        known.put(
                engine.defaultDevice().getDeviceType(),
                engine.defaultDevice().isGpu() ? hardware.gpu() : hardware.instructions());
        versions = Map.copyOf(known);
    }

    /**
     * Loads PyTorch, which takes a second or two. Nothing is fetched and nobody is told.
     *
     * @param threads of each operation; sums differ between one and two
     */
    public static Arithmetic start(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        Engine engine = Engine.getEngine("PyTorch");
        if (!EqualConvolutions.demand() && engine.defaultDevice().isGpu()) {
            LOG.warn("cuDNN cannot be told to give equal numbers for equal trials: they may differ");
        }
        return new Arithmetic(engine, threads, new Hardware(Path.of("/proc")));
    }

    /**
     * Resets what belongs to the process or the thread: the random state, the recording of gradients, the number of
     * threads, and the optimiser of TorchScript, which would compile other code for the third call than for the first.
     */
    void reset(long seed) {
        JniUtils.setSeed(seed);
        JniUtils.setGradMode(false);
        JniUtils.setNumThreads(threads);
        JniUtils.setGraphExecutorOptimize(false);
    }

    public int threads() {
        return threads;
    }

    /** Such as cpu or gpu0. */
    public String device() {
        ai.djl.Device device = engine.defaultDevice();
        return device.isGpu() ? device.getDeviceType() + device.getDeviceId() : device.getDeviceType();
    }

    /** Of the libraries, and under {@code cpu} or {@code gpu} what the device is: all that other numbers may follow from. */
    Map<String, String> versions() {
        return versions;
    }
}
