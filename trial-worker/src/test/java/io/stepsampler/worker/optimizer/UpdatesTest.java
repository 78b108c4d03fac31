package io.stepsampler.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Optimizer.Adagrad;
import io.stepsampler.messages.Optimizer.Adam;
import io.stepsampler.messages.Optimizer.AdamW;
import io.stepsampler.messages.Optimizer.RmsProp;
import io.stepsampler.messages.Optimizer.Sgd;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.script.Values;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three steps at rate 0.1 from (1, −2); what is expected was computed by {@code torch.optim} of PyTorch 1.13. */
class UpdatesTest {

    private static final float[][] GRADIENTS = {{0.5f, -0.1f}, {0.2f, 0.3f}, {-0.4f, 0.05f}};

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

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

    @ParameterizedTest
    @MethodSource("optimizers")
    void theStridesOfAParameterDoNotMatter(Optimizer optimizer, double first, double second) {
        NDArray rows = manager.create(new float[] {1, -2, 3, 0.5f, -1, 2}, new Shape(2, 3));
        NDArray columns = manager.create(new float[] {1, 0.5f, -2, -1, 3, 2}, new Shape(3, 2))
                .transpose();
        assertThat(columns.toFloatArray()).isEqualTo(rows.toFloatArray());
        NDArray weights = manager.create(new float[] {0.5f, 1, -1, 2, 0.1f, -0.3f}, new Shape(2, 3));
        descend(optimizer, 0.1, List.of(rows), List.of(() -> product(rows, weights), () -> product(rows, weights)));
        descend(
                optimizer,
                0.1,
                List.of(columns),
                List.of(() -> product(columns, weights), () -> product(columns, weights)));
        assertThat(columns.toFloatArray()).isEqualTo(rows.toFloatArray());
    }

    /** The gradient of a sum is one number, spread over all places without being stored in them. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void aGradientMayBeOneNumberForAll(Optimizer optimizer, double first, double second) {
        NDArray summed = manager.create(new float[] {1, -2});
        NDArray weighed = summed.duplicate();
        NDArray ones = manager.ones(new Shape(2));
        descend(optimizer, 0.1, List.of(summed), List.of(summed::sum, summed::sum));
        descend(optimizer, 0.1, List.of(weighed), List.of(() -> product(weighed, ones), () -> product(weighed, ones)));
        assertThat(summed.toFloatArray()).isEqualTo(weighed.toFloatArray());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aParameterWithoutAGradientStaysAndItsFirstStepIsYetToCome(Optimizer optimizer, double first, double second) {
        NDArray other = manager.create(new float[] {3, 4});
        NDArray late = manager.create(new float[] {1, -2});
        NDArray alone = late.duplicate();
        descend(
                optimizer,
                0.1,
                List.of(other, late),
                List.of(
                        other::sum,
                        () -> other.sum().add(late.sum()),
                        () -> other.sum().add(late.sum())));
        descend(optimizer, 0.1, List.of(alone), List.of(alone::sum, alone::sum));
        assertThat(late.toFloatArray()).isEqualTo(alone.toFloatArray());
        assertThat(other.toFloatArray()).isNotEqualTo(new float[] {3, 4});
    }

    private float[] afterThreeSteps(Optimizer optimizer, double learningRate) {
        NDArray parameter = manager.create(new float[] {1, -2});
        descend(
                optimizer,
                learningRate,
                List.of(parameter),
                Arrays.stream(GRADIENTS)
                        .<Supplier<NDArray>>map(gradient -> () -> product(parameter, manager.create(gradient)))
                        .toList());
        return parameter.toFloatArray();
    }

    /** Its gradient is the weights. */
    private static NDArray product(NDArray parameter, NDArray weights) {
        return parameter.mul(weights).sum();
    }

    /** One step for each loss. */
    private void descend(
            Optimizer optimizer, double learningRate, List<NDArray> parameters, List<Supplier<NDArray>> losses) {
        parameters.forEach(parameter -> parameter.setRequiresGradient(true));
        List<Parameter> named = parameters.stream()
                .map(parameter -> Parameter.of("weight", parameter))
                .toList();
        TrainedTensors trained = TrainedTensors.of(named, new Values(manager));
        Treatment treatment = new Treatment(1, optimizer.weightDecay(), false);
        Updates updates = new Updates(
                optimizer, named, Collections.nCopies(parameters.size(), treatment), OptimizerState.FRESH, manager);
        for (Supplier<NDArray> loss : losses) {
            try (NDManager step = manager.newSubManager()) {
                updates.apply(Gradients.of(Gradients.recorded(loss), 1, trained, step), learningRate);
            }
        }
    }
}
