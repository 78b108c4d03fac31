package io.stepsampler.worker.isolation;

import io.stepsampler.messages.Probe;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.messages.json.UnreadableMessage;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.TrialResult;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The child process: a {@link TrialRequest} on standard input, the result in the file that it names. */
public final class IsolatedTrial {

    private IsolatedTrial() {}

    /** What the parent asks for. */
    public record TrialRequest(Probe probe, TrialSettings settings, String resultFile) {}

    public static void main(String[] arguments) throws IOException, UnreadableMessage {
        TrialRequest request = MessageJson.read(System.in.readAllBytes(), TrialRequest.class);
        try (Trials trials = Trials.start(request.settings())) {
            TrialResult result = trials.run(request.probe(), new Cancellation()).orElseThrow();
            Files.write(Path.of(request.resultFile()), MessageJson.write(result));
        }
    }
}
