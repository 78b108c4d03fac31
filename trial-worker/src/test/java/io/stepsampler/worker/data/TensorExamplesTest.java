package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorExamplesTest {

    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();

    @TempDir
    private Path folder;

    private Path file;
    private NDManager manager;

    @BeforeEach
    void open() {
        file = folder.resolve("train.safetensors");
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void severalInputsComeInTheOrderOfTheirNumbers() throws Exception {
        new SafetensorsWriter()
                .longs("y", "[2]", 0, 1)
                .bytes("x2", "BOOL", "[2]", 0, 1)
                .ints("x1", "I32", "[2,1]", 3, 4)
                .doubles("x", "[2,2]", 1, 2, 3, 4)
                .write(file);
        Batch batch = batch(CROSS_ENTROPY, 1, 0);
        assertThat(batch.inputs().stream().map(NDArray::getDataType))
                .containsExactly(DataType.FLOAT32, DataType.INT64, DataType.BOOLEAN);
        assertThat(batch.inputs().get(0).toFloatArray()).containsExactly(3, 4, 1, 2);
        assertThat(batch.inputs().get(1).toLongArray()).containsExactly(4, 3);
        assertThat(targets(batch).toLongArray()).containsExactly(1, 0);
        assertThat(batch.rows()).isEqualTo(2);
    }

    @Test
    void arraysOfNumpyAreReadAlike() throws Exception {
        file = new NumpyWriter()
                .floats("x", "(2, 1)", 5, 6)
                .longs("y", "(2,)", 1, 0)
                .write(folder.resolve("train.npz"));
        Batch batch = batch(CROSS_ENTROPY, 1);
        assertThat(batch.inputs().get(0).toFloatArray()).containsExactly(6);
        assertThat(targets(batch).toLongArray()).containsExactly(0);
    }

    @Test
    void targetsMayBeAbsentWhereTheModuleAnswersWithTheLoss() throws Exception {
        new SafetensorsWriter().floats("x", "[2]", 1, 2).write(file);
        assertThat(batch(new Loss.Output(), 0).targets()).isNull();
    }

    @Test
    void crossEntropyTakesAClassForEachPlaceOfARow() throws Exception {
        new SafetensorsWriter().floats("x", "[1]", 1).longs("y", "[1,2]", 3, 4).write(file);
        assertThat(targets(batch(CROSS_ENTROPY, 0)).getShape()).isEqualTo(new Shape(1, 2));
    }

    @Test
    void otherLossesTakeFloats() throws Exception {
        new SafetensorsWriter().floats("x", "[1]", 1).longs("y", "[1]", 3).write(file);
        assertThat(targets(batch(new Loss.MeanSquaredError(), 0)).toFloatArray())
                .containsExactly(3);
    }

    @Test
    void crossEntropyOfFloatsIsRefused() throws Exception {
        new SafetensorsWriter().floats("x", "[1]", 1).floats("y", "[1]", 1).write(file);
        assertRefused("y is float32 of shape (1); cross-entropy needs whole numbers, one class for each row, shape (N),"
                + " or for each place of it, shape (N, …)");
    }

    @Test
    void missingArraysAreRefused() throws Exception {
        new SafetensorsWriter().floats("x", "[1]", 1).floats("z", "[1]", 1).write(file);
        assertRefused("it must hold the arrays x and y, and x1, x2, … for more inputs; it holds [x, z]");
        new SafetensorsWriter().floats("z", "[1]", 1).write(file);
        assertThatThrownBy(() -> read(new Loss.Output()))
                .hasMessage("data.train is " + file
                        + ": it must hold the arrays x, and x1, x2, … for more inputs; it holds [z]");
    }

    @Test
    void aNumberThatIsLeftOutIsRefused() throws Exception {
        new SafetensorsWriter()
                .floats("x", "[1]", 1)
                .floats("x2", "[1]", 1)
                .floats("y", "[1]", 1)
                .write(file);
        assertRefused("it holds x2 and no x1; none may be left out");
    }

    @Test
    void unequalRowsAreRefused() throws Exception {
        for (String shape : List.of("[1]", "[]")) {
            new SafetensorsWriter()
                    .floats("x", "[2,1]", 1, 2)
                    .longs("y", shape, 1)
                    .write(file);
            assertRefused("its arrays have the shapes {x=(2, 1), y=" + (shape.equals("[]") ? "()" : "(1)")
                    + "}; all must have the same rows, at least one and at most 2147483647");
        }
    }

    private TensorExamples read(Loss loss) throws Refusal {
        return TensorExamples.read("data.train", file.toString(), loss, TinyTokenizer.everywhere());
    }

    /** Outlives the examples, as a search's batches do. */
    private Batch batch(Loss loss, int... rows) throws Refusal {
        try (TensorExamples examples = read(loss)) {
            return examples.batch(rows, manager);
        }
    }

    private static NDArray targets(Batch batch) {
        return Objects.requireNonNull(batch.targets());
    }

    private void assertRefused(String explanation) {
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is " + file + ": " + explanation);
    }
}
