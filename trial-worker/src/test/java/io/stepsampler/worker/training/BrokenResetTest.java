package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Families;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.TorchScriptCheckpoint;
import io.stepsampler.worker.optimizer.OptimizerState;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A reset that leaves anything behind is seen in the loss: parameters, buffers, optimizer's memory, random state. */
class BrokenResetTest {

    private static final Divergence NEVER = new Divergence(1e30);

    /** The batches begin again when they end. */
    private static final int STEPS = 3;

    private final Arithmetic arithmetic = Arithmetic.start(1);
    private final NDManager manager = NDManager.newBaseManager();
    private final Checkpointed checkpoint = Families.resNet18(1, 2, manager);
    private final List<Batch> batches = List.of(batch(1), batch(2), batch(3));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aFullResetIsNotSeen() {
        assertThat(run(trial(checkpoint.fresh(manager), 0.05))).isEqualTo(run(trial(checkpoint.fresh(manager), 0.05)));
    }

    @Test
    void aParameterLeftBehindIsSeen() {
        Outcome first = run(trial(checkpoint.fresh(manager), 0.05));
        Network network = checkpoint.fresh(manager);
        network.parameters().get(0).array().stopGradient().addi(1e-3);
        assertThat(run(trial(network, 0.05))).isNotEqualTo(first);
    }

    @Test
    void buffersLeftBehindAreSeen() {
        Network network = checkpoint.fresh(manager);
        double first = loss(run(trial(network, 0)));
        assertThat(loss(run(trial(network, 0)))).isNotEqualTo(first);
    }

    @Test
    void optimizerStateLeftBehindIsSeen() {
        Network network = checkpoint.fresh(manager);
        List<NDArray> start = network.parameters().stream()
                .map(parameter -> parameter.array().duplicate())
                .toList();
        Trial trial = trial(network, 1e-3);
        List<Double> first = stepLosses(run(trial));
        for (int i = 0; i < start.size(); i++) {
            NDArray parameter = network.parameters().get(i).array();
            parameter.subi(parameter).addi(start.get(i));
        }
        List<Double> second = stepLosses(run(trial)).subList(batches.size(), 2 * batches.size());
        assertThat(second.get(0)).isEqualTo(first.get(0));
        assertThat(second.get(1)).isNotEqualTo(first.get(1));
    }

    @Test
    void aRandomStateLeftBehindIsSeen() throws Refusal {
        Checkpointed dropping = scripted();
        List<Batch> rows = List.of(rows(1), rows(2));
        Outcome first = run(trial(dropping.fresh(manager), rows, 0.05));
        Outcome again = run(trial(dropping.fresh(manager), rows, 0.05));
        Trial unreset = trial(dropping.fresh(manager), rows, 0.05);
        Outcome other = unreset.run(STEPS, new Cancellation()).orElseThrow();
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void whatAScriptLeavesBehindIsSeen() throws Refusal {
        Checkpointed dropping = scripted();
        List<Batch> rows = List.of(rows(1), rows(2));
        Network network = dropping.fresh(manager);
        double first = loss(run(trial(network, rows, 0)));
        assertThat(loss(run(trial(network, rows, 0)))).as("buffers").isNotEqualTo(first);
        network = dropping.fresh(manager);
        network.parameters().get(0).array().stopGradient().addi(1e-3);
        assertThat(loss(run(trial(network, rows, 0)))).as("parameters").isNotEqualTo(first);
        assertThat(loss(run(trial(dropping.fresh(manager), rows, 0)))).isEqualTo(first);
    }

    private Checkpointed scripted() throws Refusal {
        Checkpoint.Stored stored =
                (Checkpoint.Stored) Probes.torchScript("batchnorm_dropout").checkpoint();
        Locations everywhere = new Locations(List.of(Path.of("/")));
        return TorchScriptCheckpoint.of(CheckpointFile.read(stored, null, everywhere), manager);
    }

    private Batch rows(long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[8 * 4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return Batch.of(
                manager.create(numbers).reshape(8, 4).duplicate(), manager.create(new long[] {0, 1, 2, 0, 1, 2, 0, 1}));
    }

    private Trial trial(Network network, double rate) {
        return trial(network, batches, rate);
    }

    private Trial trial(Network network, List<Batch> trained, double rate) {
        Checkpointed unreset = new Checkpointed() {
            @Override
            public Network fresh(NDManager owner) {
                return network;
            }

            @Override
            public String location() {
                return checkpoint.location();
            }

            @Override
            public String digest() {
                return checkpoint.digest();
            }
        };
        Training training = Training.plain(Loss.CrossEntropy.plain(), Probes.MOMENTUM, 2, trained.size(), 1);
        PreparedSearch search = new PreparedSearch(
                manager,
                unreset,
                OptimizerState.FRESH,
                training,
                LossFunction.of(training.loss(), manager),
                new TrainingBatches.Stored(trained),
                trained,
                "",
                "");
        return new Trial(search, step -> rate, NEVER, StepWatch.NOBODY, manager);
    }

    private Outcome run(Trial trial) {
        arithmetic.reset(1);
        return trial.run(STEPS, new Cancellation()).orElseThrow();
    }

    private Batch batch(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[2 * 3 * 32 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return Batch.of(manager.create(pixels).reshape(2, 3, 32, 32).duplicate(), manager.create(new long[] {0, 1}));
    }

    private static double loss(Outcome outcome) {
        return ((Measured) outcome).loss();
    }

    private static List<Double> stepLosses(Outcome outcome) {
        return ((Measured) outcome).stepLosses();
    }
}
