package io.stepsampler.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.worker.data.SafetensorsWriter;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Script;
import io.stepsampler.worker.script.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that stops, keeps what its optimizer remembers and goes on is the training that did not stop. */
class OptimizerStateTest {

    private static final String OPTIMIZERS = "io.stepsampler.worker.optimizer.UpdatesTest#optimizers";
    private static final float[][] GRADIENTS = {{0.5f, -0.1f}, {0.2f, 0.3f}, {-0.4f, 0.05f}, {0.3f, -0.2f}, {-0.1f, 1}};
    private static final int STOP = 2;

    private final NDManager manager = NDManager.newBaseManager();
    private final Script script = Script.compile(Updates.class, "updates.py", "Updates");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @ParameterizedTest
    @MethodSource(OPTIMIZERS)
    void whatGoesOnIsToTheBitWhatDidNotStop(Optimizer optimizer, double first, double second)
            throws IOException, Refusal {
        Training whole = new Training(optimizer, start(), OptimizerState.FRESH);
        whole.step(0, GRADIENTS.length);
        Training stopped = new Training(optimizer, start(), OptimizerState.FRESH);
        stopped.step(0, STOP);

        OptimizerState state = stopped.written();
        Training resumed = new Training(optimizer, stopped.weight.duplicate(), state);
        resumed.step(STOP, GRADIENTS.length);
        Training forgetful = new Training(optimizer, stopped.weight.duplicate(), OptimizerState.FRESH);
        forgetful.step(STOP, GRADIENTS.length);

        assertThat(resumed.weight.toFloatArray()).isEqualTo(whole.weight.toFloatArray());
        boolean remembers = !UpdateRule.of(optimizer).kept().isEmpty();
        assertThat(forgetful.weight.contentEquals(whole.weight)).isEqualTo(!remembers);
    }

    @ParameterizedTest
    @MethodSource(OPTIMIZERS)
    void everyTrialBeginsWithTheStateAsItWasRead(Optimizer optimizer, double first, double second)
            throws IOException, Refusal {
        Training stopped = new Training(optimizer, start(), OptimizerState.FRESH);
        stopped.step(0, STOP);
        OptimizerState state = stopped.written();
        Training one = new Training(optimizer, start(), state);
        one.step(STOP, GRADIENTS.length);

        Training other = new Training(optimizer, start(), state);
        other.step(STOP, GRADIENTS.length);

        assertThat(other.weight.toFloatArray()).isEqualTo(one.weight.toFloatArray());
    }

    private NDArray start() {
        return manager.create(new float[] {1, -2});
    }

    /** Of one parameter at rate 0.1, whose gradients do not depend on it. */
    private final class Training {

        private final Optimizer optimizer;
        private final NDArray weight;
        private final TrainedTensors trained;
        private final UpdateGroup group;

        Training(Optimizer optimizer, NDArray weight, OptimizerState state) {
            this.optimizer = optimizer;
            this.weight = weight;
            weight.setRequiresGradient(true);
            List<Parameter> parameters = List.of(Parameter.of("layer.weight", weight));
            Values values = new Values(manager);
            trained = TrainedTensors.of(parameters, values);
            group = UpdateGroup.of(
                    UpdateRule.of(optimizer),
                    new Treatment(1, optimizer.weightDecay(), false),
                    parameters,
                    List.of(0),
                    state,
                    values);
        }

        void step(int from, int to) {
            for (int step = from; step < to; step++) {
                NDArray gradient = manager.create(GRADIENTS[step]);
                NDArray loss = Gradients.recorded(() -> weight.mul(gradient).sum());
                group.apply(script, Gradients.of(loss, 1, trained, manager), 0.1);
            }
        }

        /** As PyTorch names it, read again from a file. */
        OptimizerState written() throws IOException, Refusal {
            UpdateRule rule = UpdateRule.of(optimizer);
            NDArray[] memory = group.state().memory().toTensorArray((PtNDManager) manager);
            SafetensorsWriter writer = new SafetensorsWriter();
            for (Slot slot : rule.kept()) {
                float[] numbers = memory[rule.memory().indexOf(slot)].toFloatArray();
                writer.floats("layer.weight." + slot.label(), "[2]", numbers);
            }
            writer.longs("layer.weight.step", "[]", group.state().steps().toLongArray()[0]);
            Path file = writer.write(folder.resolve("state.safetensors"));
            return OptimizerStateFile.read(file.toString(), file, manager)
                    .stateOf(
                            optimizer,
                            List.of(Parameter.of("layer.weight", weight)),
                            ParameterGroups.of(List.of(), optimizer));
        }
    }
}
