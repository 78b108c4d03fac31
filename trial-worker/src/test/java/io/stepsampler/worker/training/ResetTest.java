package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Dataset;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trial A, then B, then A again gives A's losses bit for bit; B, at a high rate, leaves as much behind as can be. */
class ResetTest {

    @TempDir
    private Path folder;

    private Trials trials;

    @BeforeEach
    void start() {
        trials = Trials.start(new TrialSettings(1, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED));
    }

    @AfterEach
    void end() {
        trials.close();
    }

    @Test
    void aResNetForgetsTheTrialBefore() throws IOException {
        Model model = new Model.ResNet18(new Checkpoint.Fresh(42), null, new Model.ResNet18.Options(2, false));
        requireForgetting(model, images(), new Optimizer.AdamW(List.of(0.9, 0.999), 1e-8, 0.01), 4);
    }

    @Test
    void aTorchScriptWithBatchNormAndDropoutForgetsTheTrialBefore() throws IOException {
        requireForgetting(Probes.torchScript("batchnorm_dropout"), Probes.fourNumbers(folder, 40), Probes.MOMENTUM, 8);
    }

    /** Such a module stays loaded: its parameters are copied back, also where a trial left no number in them. */
    @Test
    void aTorchScriptWithoutBuffersForgetsATrialThatDiverged() throws IOException {
        Dataset data = Probes.fourNumbers(folder, 40);
        Model model = Probes.torchScript("linear");
        Outcome first = run(model, data, Probes.MOMENTUM, 8, 1e-3);
        assertThat(run(model, data, Probes.MOMENTUM, 8, 1e38)).isInstanceOf(Diverged.class);
        assertThat(run(model, data, Probes.MOMENTUM, 8, 1e-3)).isEqualTo(first);
    }

    @Test
    void aWorkerThatNeverRanAnotherTrialGivesTheSame() throws IOException {
        Dataset.Tensors data = Probes.fourNumbers(folder, 40);
        Model model = Probes.torchScript("batchnorm_dropout");
        run(model, data, Probes.MOMENTUM, 8, 1);
        Outcome after = run(model, data, Probes.MOMENTUM, 8, 0.01);
        try (Trials other = Trials.start(new TrialSettings(1, List.of(Path.of("/")), TorchScriptPolicy.ALLOWED))) {
            Outcome alone = other.run(
                            Probes.of(model, data, Loss.CrossEntropy.plain(), Probes.MOMENTUM, 8, 0.01),
                            new Cancellation())
                    .orElseThrow()
                    .outcome();
            assertThat(after).isEqualTo(alone);
        }
    }

    @Test
    void aSecondTrialReadsNoFile() throws IOException {
        Dataset.Tensors data = Probes.fourNumbers(folder, 40);
        Model model = Probes.torchScript("linear");
        Outcome first = run(model, data, Probes.MOMENTUM, 8, 0.01);
        Files.delete(Path.of(data.train()));
        assertThat(run(model, data, Probes.MOMENTUM, 8, 0.01)).isEqualTo(first);
    }

    private void requireForgetting(Model model, Dataset data, Optimizer optimizer, int batchSize) {
        Outcome first = run(model, data, optimizer, batchSize, 1e-3);
        Outcome other = run(model, data, optimizer, batchSize, 0.1);
        Outcome again = run(model, data, optimizer, batchSize, 1e-3);
        assertThat(first).isInstanceOf(Measured.class).isNotEqualTo(other);
        assertThat(again).isEqualTo(first);
    }

    private Outcome run(Model model, Dataset data, Optimizer optimizer, int batchSize, double rate) {
        return trials.run(
                        Probes.of(model, data, Loss.CrossEntropy.plain(), optimizer, batchSize, rate),
                        new Cancellation())
                .orElseThrow()
                .outcome();
    }

    private Dataset images() throws IOException {
        Random random = new Random(3);
        for (int i = 0; i < 12; i++) {
            BufferedImage image = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 40 * 32; pixel++) {
                image.setRGB(pixel % 40, pixel / 40, random.nextInt(0x1000000));
            }
            image.getGraphics().setColor(Color.RED);
            image.getGraphics().fillRect(4, 4, i % 2 == 0 ? 20 : 8, i % 2 == 0 ? 8 : 20);
            Path file = folder.resolve((i % 2 == 0 ? "flat" : "tall") + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
        return new Dataset.ImageFolder(
                folder.toString(),
                folder.toString(),
                null,
                new Dataset.ImageFolder.Options(32, null, List.of(), List.of(), false, 1024, true));
    }
}
