package io.stepsampler.worker.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Probe;
import io.stepsampler.worker.training.Cancellation;
import io.stepsampler.worker.training.Probes;
import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import io.stepsampler.worker.training.Trials;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aProcessStaysForTheNextTrialAndIsReplacedWhenItDied(@TempDir Path folder) throws Exception {
        Path curve = Files.writeString(folder.resolve("curve.csv"), "learning_rate,loss\n0,0.7\n1e-3,0.5\n");
        TrialSettings settings = Probes.everything();
        try (Trials trials = Trials.start(settings);
                TrialProcess process = new TrialProcess(settings, trials)) {
            Probe probe = Probes.ofReplay(curve.toString());
            assertThat(loss(process, probe)).isEqualTo(0.7);
            List<ProcessHandle> first = ProcessHandle.current().children().toList();
            assertThat(loss(process, probe)).isEqualTo(0.7);
            assertThat(ProcessHandle.current().children().toList()).isEqualTo(first);
            first.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle ended : first) {
                ended.onExit().get();
            }
            assertThat(loss(process, probe)).isEqualTo(0.7);
        }
    }

    private static double loss(TrialProcess process, Probe probe) throws Exception {
        return ((Measured) process.run(probe, new Cancellation()).orElseThrow().outcome()).loss();
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
        assertThat(ChildProgram.classPath("/opt/worker/quarkus-run.jar:/opt/launcher.jar"))
                .isEqualTo(String.join(
                        File.pathSeparator, "/opt/worker/app/*", "/opt/worker/lib/main/*", "/opt/worker/lib/boot/*"));
    }
}
