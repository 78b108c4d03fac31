package io.stepsampler.worker.training;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;

/** PyTorch, set up so that equal trials give equal numbers. */
public final class Arithmetic {

    /** Changes whenever the same probe would give another number: what was measured before is then measured anew. */
    private static final String VERSION = "1";

    private final Engine engine;
    private final int threads;

    private Arithmetic(Engine engine, int threads) {
        this.engine = engine;
        this.threads = threads;
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
        return new Arithmetic(Engine.getEngine("PyTorch"), threads);
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

    Map<String, String> versions() {
        return Map.of("pytorch", engine.getVersion(), "djl", Engine.getDjlVersion(), "stepsampler", VERSION);
    }
}
