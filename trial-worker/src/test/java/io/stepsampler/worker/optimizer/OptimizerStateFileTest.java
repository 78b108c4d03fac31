package io.stepsampler.worker.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Training.ParameterGroup;
import io.stepsampler.worker.data.SafetensorsWriter;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file must hold to be the state of an optimizer; two parameters, weight (2) and bias (1), are trained. */
class OptimizerStateFileTest {

    private static final Optimizer ADAM = new Optimizer.Adam(List.of(0.9, 0.999), 1e-8, 0);
    private static final Optimizer MOMENTUM = new Optimizer.Sgd(0.9, 0, 0, false);
    private static final String NEVER_MOVED =
            "; a parameter that was never moved has PARAMETER.step 0 and nothing else";
    private static final String OF_ADAM = "its tensors are not those that adam remembers of this model,"
            + " PARAMETER.exp_avg, PARAMETER.exp_avg_sq, PARAMETER.step: ";

    private final NDManager manager = NDManager.newBaseManager();
    private final List<Parameter> parameters = List.of(
            Parameter.of("weight", manager.zeros(new Shape(2))), Parameter.of("bias", manager.zeros(new Shape(1))));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void oneStepMayBeTheStepOfAll() throws IOException, Refusal {
        OptimizerState state = state(ADAM, adam().floats("step", "[1]", 7).longs("bias.step", "[]", 9));

        assertThat(state.steps("weight")).isEqualTo(7);
        assertThat(state.steps("bias")).isEqualTo(9);
        assertThat(state.tensor("weight", Slot.EXP_AVG).orElseThrow().toFloatArray())
                .containsExactly(0.1f, -0.2f);
    }

    @Test
    void aParameterThatWasNeverMovedBeginsAfresh() throws IOException, Refusal {
        OptimizerState state = state(
                ADAM,
                new SafetensorsWriter()
                        .floats("bias.exp_avg", "[1]", 0)
                        .floats("bias.exp_avg_sq", "[1]", 0)
                        .longs("bias.step", "[]", 3)
                        .longs("weight.step", "[]", 0));

        assertThat(state.steps("weight")).isZero();
        assertThat(state.tensor("weight", Slot.EXP_AVG)).isEmpty();
        assertThat(state.steps("bias")).isEqualTo(3);
    }

    @Test
    void anOptimizerThatRemembersNothingHasAnEmptyState() throws IOException, Refusal {
        Optimizer plain = new Optimizer.Sgd(0, 0, 0, false);

        assertThat(state(plain, new SafetensorsWriter()).tensor("weight", Slot.MOMENTUM_BUFFER))
                .isEmpty();
        assertThat(refusal(plain, momentum()))
                .isEqualTo("its tensors are not those that sgd remembers of this model, which are none: left over"
                        + " weight.momentum_buffer, bias.momentum_buffer");
    }

    @Test
    void aFrozenParameterMayHaveNone() throws IOException, Refusal {
        List<ParameterGroup> groups = List.of(new ParameterGroup("bias", 1, null, true));
        SafetensorsWriter weightAlone = new SafetensorsWriter().floats("weight.momentum_buffer", "[2]", 1, 2);

        assertThat(state(MOMENTUM, groups, weightAlone).tensor("weight", Slot.MOMENTUM_BUFFER))
                .isPresent();
        assertThat(state(MOMENTUM, groups, momentum()).tensor("weight", Slot.MOMENTUM_BUFFER))
                .isPresent();
        assertThat(refusal(MOMENTUM, weightAlone))
                .isEqualTo("its tensors are not those that sgd remembers of this model, PARAMETER.momentum_buffer:"
                        + " missing bias.momentum_buffer" + NEVER_MOVED);
    }

    @Test
    void theStateOfAnotherOptimizerIsRefused() throws IOException {
        assertThat(refusal(ADAM, momentum()))
                .isEqualTo(OF_ADAM + "missing weight.exp_avg, weight.exp_avg_sq, weight.step, bias.exp_avg,"
                        + " bias.exp_avg_sq, bias.step; left over weight.momentum_buffer, bias.momentum_buffer"
                        + NEVER_MOVED);
    }

    @Test
    void aTensorTooManyOrOfAnotherShapeIsRefused() throws IOException {
        assertThat(refusal(ADAM, adam().longs("step", "[]", 1).floats("head.exp_avg", "[1]", 0)))
                .isEqualTo(OF_ADAM + "left over head.exp_avg");
        assertThat(refusal(ADAM, adam().longs("step", "[]", 1).longs("head.step", "[]", 1)))
                .isEqualTo(OF_ADAM + "left over head.step");
        assertThat(refusal(
                        MOMENTUM,
                        new SafetensorsWriter()
                                .floats("weight.momentum_buffer", "[2,1]", 1, 2)
                                .longs("bias.momentum_buffer", "[1]", 1)))
                .isEqualTo("its tensors are not those that sgd remembers of this model, PARAMETER.momentum_buffer:"
                        + " weight.momentum_buffer with the shape (2, 1) instead of (2), bias.momentum_buffer of the"
                        + " type int64 instead of a float type");
    }

    @Test
    void aNumberThatCannotBeIsRefused() throws IOException {
        assertThat(refusal(
                        MOMENTUM,
                        new SafetensorsWriter()
                                .floats("weight.momentum_buffer", "[2]", 1, Float.NaN)
                                .floats("bias.momentum_buffer", "[1]", 1)))
                .isEqualTo("weight.momentum_buffer holds a number that is not finite; every number must be");
        assertThat(refusal(
                        MOMENTUM,
                        new SafetensorsWriter()
                                .floats("weight.momentum_buffer", "[2]", 1, 2)
                                .floats("bias.momentum_buffer", "[1]", Float.NEGATIVE_INFINITY)))
                .isEqualTo("bias.momentum_buffer holds a number that is not finite; every number must be");
        assertThat(refusal(
                        ADAM,
                        new SafetensorsWriter()
                                .floats("weight.exp_avg", "[2]", 0.1f, -0.2f)
                                .floats("weight.exp_avg_sq", "[2]", 0.1f, -0.5f)
                                .longs("weight.step", "[]", 1)
                                .longs("bias.step", "[]", 0)))
                .isEqualTo("weight.exp_avg_sq holds -0.5; it is made of squares, and every number must be 0 or more");
    }

    @Test
    void aStepThatIsNoNumberOfStepsIsRefused() throws IOException {
        assertThat(refusal(ADAM, adam().floats("step", "[]", 2.5f)))
                .isEqualTo("step is 2.5; it must be one whole number from 0");
        assertThat(refusal(ADAM, adam().longs("step", "[]", 1).longs("bias.step", "[]", -1)))
                .isEqualTo("bias.step is -1.0; it must be one whole number from 0");
        assertThat(refusal(ADAM, adam().longs("step", "[2]", 1, 1)))
                .isEqualTo("step has the type int64 and the shape (2); it must be one whole number from 0");
    }

    @Test
    void aFileThatIsNotWholeIsRefused() throws IOException {
        Path file = momentum().write(folder.resolve("whole.safetensors"));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 4));
        assertThat(refusal(MOMENTUM, file)).startsWith("it must be a whole .safetensors file (");
        Files.writeString(file, "a pickle of torch.save");
        assertThat(refusal(MOMENTUM, file)).startsWith("it must be a whole .safetensors file (");
    }

    @Test
    void theStateBelongsToTheDigest() throws IOException, Refusal {
        OptimizerState one = state(MOMENTUM, momentum());
        OptimizerState other = state(MOMENTUM, momentum().longs("step", "[]", 3));

        assertThat(OptimizerState.FRESH.digestWith("abc")).isEqualTo("abc");
        assertThat(one.digestWith("abc"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(one.digestWith("abd"))
                .isNotEqualTo(other.digestWith("abc"));
    }

    private static SafetensorsWriter adam() {
        return new SafetensorsWriter()
                .floats("weight.exp_avg", "[2]", 0.1f, -0.2f)
                .floats("weight.exp_avg_sq", "[2]", 0.1f, 0.2f)
                .floats("bias.exp_avg", "[1]", 0.3f)
                .floats("bias.exp_avg_sq", "[1]", 0.3f);
    }

    private static SafetensorsWriter momentum() {
        return new SafetensorsWriter()
                .floats("weight.momentum_buffer", "[2]", 1, 2)
                .floats("bias.momentum_buffer", "[1]", 3);
    }

    private OptimizerState state(Optimizer optimizer, SafetensorsWriter writer) throws IOException, Refusal {
        return state(optimizer, List.of(), writer);
    }

    private OptimizerState state(Optimizer optimizer, List<ParameterGroup> groups, SafetensorsWriter writer)
            throws IOException, Refusal {
        return state(optimizer, groups, writer.write(folder.resolve("state.safetensors")));
    }

    private OptimizerState state(Optimizer optimizer, List<ParameterGroup> groups, Path file) throws Refusal {
        return OptimizerStateFile.read("STATE", file, manager)
                .stateOf(optimizer, parameters, ParameterGroups.of(groups, optimizer));
    }

    private String refusal(Optimizer optimizer, SafetensorsWriter writer) throws IOException {
        return refusal(optimizer, writer.write(folder.resolve("state.safetensors")));
    }

    /** Without the key and the value that each begins with. */
    private String refusal(Optimizer optimizer, Path file) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> state(optimizer, List.of(), file));
        String beginning = "model.optimizerState is STATE: ";
        assertThat(refusal.outcome().key()).isEqualTo("model.optimizerState");
        assertThat(refusal.outcome().text()).startsWith(beginning);
        return refusal.outcome().text().substring(beginning.length());
    }
}
