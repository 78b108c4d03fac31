package io.stepsampler.worker.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.Probes;
import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialProcessTest {

    private static final TrialSettings SETTINGS = new TrialSettings(1, List.of(), TorchScriptPolicy.REFUSED);

    @Test
    void aProcessThatDiesIsACrashWithItsExitStatus() throws Exception {
        try (Trials trials = Trials.start(SETTINGS)) {
            TrialProcess process = new TrialProcess(SETTINGS, trials, List.of("sh", "-c", "kill -9 $$"));
            assertThat(process.run(Probes.ofReplay("/curve.csv"), new Cancellation())
                            .orElseThrow()
                            .outcome())
                    .isEqualTo(
                            new Failed(Code.CRASHED, null, null, "the trial's own process ended with exit status 137"));
        }
    }

    @Test
    void aCancelledProcessIsEnded() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        try (Trials trials = Trials.start(SETTINGS)) {
            TrialProcess process = new TrialProcess(SETTINGS, trials, List.of("sleep", "100"));
            assertThat(process.run(Probes.ofReplay("/curve.csv"), cancellation)).isEmpty();
        }
    }

    @Test
    void thePackagedApplicationIsStartedFromItsJars() {
        assertThat(TrialProcess.classPath("/opt/worker/quarkus-run.jar"))
                .isEqualTo(String.join(
                        File.pathSeparator, "/opt/worker/app/*", "/opt/worker/lib/main/*", "/opt/worker/lib/boot/*"));
    }
}
