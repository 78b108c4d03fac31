package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumpyArchiveTest {

    @TempDir
    private Path folder;

    private Path file;
    private NDManager manager;

    @BeforeEach
    void open() {
        file = folder.resolve("train.npz");
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void arraysKeepTheirNamesAndShapes() throws Exception {
        new NumpyWriter().floats("x", "(2, 1)", 1.5f, -2).longs("y", "()", 7).write(file);
        Map<String, NDArray> arrays = read();
        assertThat(arrays.keySet()).containsExactly("x", "y");
        assertThat(named("x", arrays).getShape()).isEqualTo(new Shape(2, 1));
        assertThat(named("x", arrays).toFloatArray()).containsExactly(1.5f, -2);
        assertThat(named("y", arrays).getShape()).isEqualTo(new Shape());
        assertThat(named("y", arrays).getLong()).isEqualTo(7);
    }

    @Test
    void numbersOfAnyWidthAreThoseThatAreTrained() throws Exception {
        ByteBuffer doubles = SafetensorsWriter.littleEndian(8).putDouble(0.1);
        ByteBuffer shorts =
                SafetensorsWriter.littleEndian(4).putShort((short) -1).putShort((short) 7);
        new NumpyWriter()
                .add("double", NumpyWriter.header("'<f8'", "False", "(1,)"), doubles)
                .add("short", NumpyWriter.header("'<i2'", "False", "(2,)"), shorts)
                .add("unsigned", NumpyWriter.header("'<u2'", "False", "(2,)"), shorts)
                .add("bool", NumpyWriter.header("'|b1'", "False", "(4,)"), SafetensorsWriter.littleEndian(4))
                .write(file);
        Map<String, NDArray> arrays = read();
        assertThat(named("double", arrays).toFloatArray()).containsExactly(0.1f);
        assertThat(named("short", arrays).toLongArray()).containsExactly(-1, 7);
        assertThat(named("unsigned", arrays).toLongArray()).containsExactly(65535, 7);
        assertThat(named("bool", arrays).getDataType()).isEqualTo(DataType.BOOLEAN);
    }

    @Test
    void anArrayStoredByColumnsIsTurned() throws Exception {
        ByteBuffer values = SafetensorsWriter.littleEndian(6 * Float.BYTES);
        values.asFloatBuffer().put(new float[] {0, 3, 1, 4, 2, 5});
        new NumpyWriter()
                .add("x", NumpyWriter.header("'<f4'", "True", "(2, 3)"), values)
                .write(file);
        NDArray x = named("x", read());
        assertThat(x.getShape()).isEqualTo(new Shape(2, 3));
        assertThat(x.toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(x.getName()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'descr': '>f4', 'fortran_order': False, 'shape': (1,), } | the array x has the dtype >f4; read are [<f2, <f4, <f8, <i2, <i4, <i8, <u2, <u4, b1, i1, u1]
            {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), } | the array x has the dtype [(a, <f4)]; read are [<f2, <f4, <f8, <i2, <i4, <i8, <u2, <u4, b1, i1, u1]
            {'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), } | the array x of shape (9223372036854775807, 2) is larger than any file can be
            {'descr': '<f4', 'shape': (1,), } | the header of the array x is {'descr': '<f4', 'shape': (1,), }
            {'descr': '<f4', 'fortran_order': False, 'shape': (2,), } | it ends 4 bytes early
            {'descr': '<f4', 'fortran_order': False, 'shape': (), 'padding': 'none'} | the array x goes on after its end
            """)
    void aHeaderThatCannotBeBelievedIsRefused(String header, String reason) throws Exception {
        int bytes = reason.endsWith("after its end") ? 8 : 4;
        new NumpyWriter()
                .add("x", header, SafetensorsWriter.littleEndian(bytes))
                .write(file);
        assertRefused(reason.replace("b1, i1, u1", "|b1, |i1, |u1"));
    }

    @Test
    void anArchiveWithoutArraysIsRefused() throws Exception {
        Files.write(file, new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertRefused("it holds no array");
    }

    @Test
    void aTruncatedArchiveIsRefused() throws Exception {
        new NumpyWriter().floats("x", "(1000,)", new float[1000]).write(file);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 60));
        assertRefused("Unexpected end of ZLIB input stream");
    }

    @Test
    void whatWasReadAlreadyIsDecodedAlike() throws Exception {
        new NumpyWriter().floats("x", "(1,)", 5).write(file);
        Map<String, NDArray> arrays =
                TensorFile.decode("data.train", file.toString(), Files.readAllBytes(file), manager);
        assertThat(named("x", arrays).toFloatArray()).containsExactly(5);
    }

    private Map<String, NDArray> read() throws IOException, Refusal {
        return TensorFile.read("data.train", file.toString(), file, manager);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::read)
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "data.train is " + file + ": it must be a whole .npz or .safetensors file (" + reason + ")");
    }

    private static NDArray named(String name, Map<String, NDArray> arrays) {
        return Objects.requireNonNull(arrays.get(name));
    }
}
