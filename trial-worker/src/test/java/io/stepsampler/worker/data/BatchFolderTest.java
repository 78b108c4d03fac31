package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.messages.Loss;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchFolderTest {

    private static final Loss CROSS_ENTROPY = Loss.CrossEntropy.plain();

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void batchesComeInTheOrderOfTheirNamesAndBeginAgain() throws Exception {
        batch("b", 2, 20);
        batch("a", 1, 10);
        Files.writeString(folder.resolve("readme.txt"), "not a batch");
        BatchFolder batches = read(CROSS_ENTROPY);
        List<Batch> training = batches.training(5, manager);
        assertThat(batches.count()).isEqualTo(2);
        assertThat(training).extracting(batch -> targets(batch).getLong(0)).containsExactly(10L, 20L, 10L, 20L, 10L);
        assertThat(training.get(2)).isSameAs(training.get(0));
        assertThat(batches.training(1, manager)).hasSize(1);
    }

    @Test
    void argumentsKeepTheirNamesAndTypes() throws Exception {
        new SafetensorsWriter()
                .doubles("values", "[2,1]", 1, 2)
                .bytes("mask", "BOOL", "[2,1]", 1, 0)
                .longs("y", "[2]", 3, 4)
                .ints("ids", "I32", "[2,1]", 5, 6)
                .write(folder.resolve("a.safetensors"));
        Batch batch = read(CROSS_ENTROPY).training(1, manager).get(0);
        assertThat(batch.inputs()).extracting(NDArray::getName).containsExactly("ids", "mask", "values");
        assertThat(batch.inputs())
                .extracting(NDArray::getDataType)
                .containsExactly(DataType.INT64, DataType.BOOLEAN, DataType.FLOAT32);
        assertThat(targets(batch).toLongArray()).containsExactly(3, 4);
        assertThat(batch.rows()).isEqualTo(2);
    }

    @Test
    void validationTakesWholeBatchesUntilThereAreEnoughExamples() throws Exception {
        batch("a", 2, 1);
        batch("b", 2, 1);
        batch("c", 2, 1);
        BatchFolder batches = read(CROSS_ENTROPY);
        assertThat(batches.validation(3, manager)).hasSize(2);
        assertThat(batches.validation(4, manager)).hasSize(2);
        assertThat(batches.validation(1000, manager)).hasSize(3);
    }

    @Test
    void whereFirstSidesDifferTheTargetsCountTheRows() throws Exception {
        new SafetensorsWriter()
                .floats("table", "[3]", 1, 2, 3)
                .floats("scale", "[]", 1)
                .longs("y", "[2]", 0, 1)
                .write(folder.resolve("a.safetensors"));
        assertThat(read(CROSS_ENTROPY).training(1, manager).get(0).rows()).isEqualTo(2);
    }

    @Test
    void targetsMayBeAbsentWhereTheModuleAnswersWithTheLoss() throws Exception {
        new SafetensorsWriter()
                .floats("scale", "[]", 1)
                .floats("x", "[4,1]", 1, 2, 3, 4)
                .write(folder.resolve("a.safetensors"));
        Batch batch = read(new Loss.Output()).training(1, manager).get(0);
        assertThat(batch.targets()).isNull();
        assertThat(batch.rows()).isEqualTo(4);
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .hasMessage("data.train is " + folder.resolve("a.safetensors")
                        + ": it holds [scale, x]; it must hold y, unless training.loss is output");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertRefused("it must hold one .safetensors file for each batch, at least one, and holds none");
    }

    @Test
    void batchesOfOtherNamesAreRefused() throws Exception {
        batch("a", 1, 0);
        new SafetensorsWriter().floats("z", "[1]", 1).longs("y", "[1]", 0).write(folder.resolve("b.safetensors"));
        assertRefused("a.safetensors holds [x, y] and b.safetensors holds [y, z]; all batches must hold tensors of the"
                + " same names");
    }

    @Test
    void aFileThatIsNoSafetensorsIsRefused() throws Exception {
        batch("a", 1, 0);
        Path broken = Files.writeString(folder.resolve("b.safetensors"), "PK");
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is " + broken + ": it must be a whole .safetensors file (its 2 bytes are fewer"
                        + " than the eight of a header's length)");
    }

    @Test
    void aBatchWithoutArgumentsOrRowsIsRefused() throws Exception {
        Path file = folder.resolve("a.safetensors");
        new SafetensorsWriter().longs("y", "[1]", 0).write(file);
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .hasMessage("data.train is " + file + ": it holds [y]; it must hold an argument of forward too");
        new SafetensorsWriter().floats("x", "[0,3]").longs("y", "[0]").write(file);
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .hasMessage("data.train is " + file + ": its tensors have the shapes {x=(0, 3), y=(0)}; it must have"
                        + " rows, at least one and at most 2147483647");
    }

    private void batch(String name, int rows, long target) throws IOException {
        long[] targets = new long[rows];
        Arrays.fill(targets, target);
        new SafetensorsWriter()
                .floats("x", "[" + rows + "]", new float[rows])
                .longs("y", "[" + rows + "]", targets)
                .write(folder.resolve(name + ".safetensors"));
    }

    private BatchFolder read(Loss loss) throws Refusal {
        return BatchFolder.open("data.train", folder.toString(), loss, TinyTokenizer.everywhere());
    }

    private static NDArray targets(Batch batch) {
        return Objects.requireNonNull(batch.targets());
    }

    private void assertRefused(String explanation) {
        assertThatThrownBy(() -> read(CROSS_ENTROPY))
                .isInstanceOf(Refusal.class)
                .hasMessage("data.train is " + folder + ": " + explanation);
    }
}
