package io.stepsampler.worker.isolation;

import io.stepsampler.messages.Probe;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.DeviceLost;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child process: {@link TrialSettings}, then one {@link Probe} after the other on standard input; a
 * {@link TrialResult} for each on standard output. It ends with its parent.
 */
public final class TrialServer {

    /** The same as the worker's own. */
    static final int DEVICE_LOST = 13;

    private static final Logger LOG = LoggerFactory.getLogger(TrialServer.class);
    private static final int ORPHANED = 1;

    private TrialServer() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DataOutputStream results = new DataOutputStream(System.out);
        // what libraries print must not stand between results
        System.setOut(System.err);
        DataInputStream input = new DataInputStream(System.in);
        TrialSettings settings = Frames.read(input, TrialSettings.class);
        BlockingQueue<Probe> probes = new LinkedBlockingQueue<>();
        readProbes(input, probes);
        try (Trials trials = Trials.start(settings)) {
            while (true) {
                Frames.write(results, run(trials, probes.take()));
            }
        }
    }

    /** On a lost device nothing can be closed any more. */
    private static TrialResult run(Trials trials, Probe probe) {
        try {
            return trials.run(probe, new Cancellation()).orElseThrow();
        } catch (DeviceLost e) {
            LOG.error("the device is lost", e);
            Runtime.getRuntime().halt(DEVICE_LOST);
            throw e;
        }
    }

    /** On a thread of its own, which also sees the parent's end: native code that hangs cannot be interrupted. */
    private static void readProbes(DataInputStream input, BlockingQueue<Probe> probes) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (true) {
                            probes.add(Frames.read(input, Probe.class));
                        }
                    } catch (EOFException e) {
                        LOG.debug("the parent has ended");
                    } catch (IOException e) {
                        LOG.warn("the parent's end of standard input broke", e);
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "probes");
        reader.setDaemon(true);
        reader.start();
    }
}
