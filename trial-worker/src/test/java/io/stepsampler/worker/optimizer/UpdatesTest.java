package io.stepsampler.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adagrad;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.RmsProp;
import io.stepsampler.messages.Optimizer.Sgd;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Values;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three steps at rate 0.1 from (1, −2); what is expected was computed by {@code torch.optim} of PyTorch 1.13. */
class UpdatesTest {

    private static final float[][] GRADIENTS = {{0.5f, -0.1f}, {0.2f, 0.3f}, {-0.4f, 0.05f}};

    static Stream<Arguments> optimizers() {
        return Stream.of(
                Arguments.of(new Sgd(0, 0, 0, false), 0.970000029, -2.0250001),
                Arguments.of(new Sgd(0, 0, 0.01, false), 0.967122972, -2.018996),
                Arguments.of(new Sgd(0.9, 0.3, 0.01, false), 0.861305952, -2.00683832),
                Arguments.of(new Sgd(0.9, 0, 0, true), 0.849849999, -2.05640984),
                Arguments.of(new Adam(List.of(0.9, 0.999), 1e-2, 0), 0.797218919, -2.00165963),
                Arguments.of(new Adam(List.of(0.8, 0.95), 1e-8, 0.1), 0.779620469, -1.81779087),
                Arguments.of(new AdamW(List.of(0.9, 0.999), 1e-8, 0.1), 0.765702248, -1.93922651),
                Arguments.of(new RmsProp(0.99, 1e-8, 0, 0, false), 0.226876497, -2.10617638),
                Arguments.of(new RmsProp(0.9, 1e-3, 0.1, 0, false), 0.708622694, -1.69128442),
                Arguments.of(new RmsProp(0.99, 1e-8, 0, 0.9, true), -1.8379463, -1.24090731),
                Arguments.of(new RmsProp(0.99, 1e-8, 0.01, 0.5, false), -0.698474526, -1.75087214),
                Arguments.of(new Adagrad(0, 0, 0, 1e-10), 0.922489405, -2.01048565),
                Arguments.of(new Adagrad(0.2, 0.1, 0.3, 1e-3), 0.922150731, -1.9497242));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anUpdateIsTorchs(Optimizer optimizer, double first, double second) {
        float[] moved = afterThreeSteps(optimizer, 0.1);
        assertThat((double) moved[0]).isCloseTo(first, Offset.offset(5e-7));
        assertThat((double) moved[1]).isCloseTo(second, Offset.offset(5e-7));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void rateZeroMovesNothing(Optimizer optimizer, double first, double second) {
        assertThat(afterThreeSteps(optimizer, 0)).containsExactly(1, -2);
    }

    private static float[] afterThreeSteps(Optimizer optimizer, double learningRate) {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray parameter = manager.create(new float[] {1, -2});
            parameter.setRequiresGradient(true);
            TrainedTensors trained = TrainedTensors.of(List.of(Parameter.of("weight", parameter)), new Values(manager));
            Treatment treatment = new Treatment(1, optimizer.weightDecay(), false);
            Updates updates = new Updates(optimizer, List.of(parameter), List.of(treatment), manager);
            for (float[] gradient : GRADIENTS) {
                try (NDManager step = manager.newSubManager()) {
                    NDArray loss = Gradients.recorded(
                            () -> parameter.mul(step.create(gradient)).sum());
                    updates.apply(Gradients.of(loss, 1, trained, step), learningRate);
                }
            }
            return parameter.toFloatArray();
        }
    }
}
