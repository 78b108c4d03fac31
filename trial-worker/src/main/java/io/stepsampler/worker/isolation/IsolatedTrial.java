package io.stepsampler.worker.isolation;

import io.stepsampler.messages.Probe;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child process: a {@link TrialRequest} on standard input, its length in bytes first, the result in the file that it
 * names. Standard input stays open as long as the parent lives.
 */
public final class IsolatedTrial {

    private static final Logger LOG = LoggerFactory.getLogger(IsolatedTrial.class);
    private static final int ORPHANED = 1;

    private IsolatedTrial() {}

    /** What the parent asks for. */
    public record TrialRequest(Probe probe, TrialSettings settings, String resultFile) {}

    public static void main(String[] arguments) throws IOException, UnreadableMessage {
        DataInputStream input = new DataInputStream(System.in);
        TrialRequest request = MessageJson.read(input.readNBytes(input.readInt()), TrialRequest.class);
        endWithParent(input);
        try (Trials trials = Trials.start(request.settings())) {
            TrialResult result = trials.run(request.probe(), new Cancellation()).orElseThrow();
            Files.write(Path.of(request.resultFile()), MessageJson.write(result));
        }
    }

    /** Native code that hangs cannot be interrupted, and nobody else would end an orphan. */
    private static void endWithParent(InputStream parent) {
        Thread watch = new Thread(
                () -> {
                    try {
                        parent.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        LOG.warn("the parent's end of standard input broke", e);
                    }
                    Runtime.getRuntime().halt(ORPHANED);
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
