package io.stepsampler.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.worker.data.SafetensorsFile.Contents;
import io.stepsampler.worker.input.Digest;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @TempDir
    private Path folder;

    private Path file;
    private NDManager manager;

    @BeforeEach
    void open() {
        file = folder.resolve("tensors.safetensors");
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void floatsOfAnyWidthBecomeFloat32() throws Exception {
        new SafetensorsWriter()
                .floats("single", "[2,1]", 1.5f, -2)
                .doubles("double", "[2]", 1e-3, Math.PI)
                .shorts("half", "F16", "[3]", 0x3c00, 0xc000, 0x7c00)
                .shorts("brain", "BF16", "[2]", 0x3fc0, 0xc000)
                .write(file);
        Map<String, NDArray> tensors = read().tensors();
        assertThat(tensors.values())
                .allSatisfy(tensor -> assertThat(tensor.getDataType()).isEqualTo(DataType.FLOAT32));
        assertThat(named("single", tensors).getShape()).isEqualTo(new Shape(2, 1));
        assertThat(named("single", tensors).toFloatArray()).containsExactly(1.5f, -2);
        assertThat(named("double", tensors).toFloatArray()).containsExactly(1e-3f, (float) Math.PI);
        assertThat(named("half", tensors).toFloatArray()).containsExactly(1, -2, Float.POSITIVE_INFINITY);
        assertThat(named("brain", tensors).toFloatArray()).containsExactly(1.5f, -2);
    }

    @Test
    void integersOfAnyWidthBecomeInt64() throws Exception {
        new SafetensorsWriter()
                .longs("I64", "[2]", Long.MIN_VALUE, 7)
                .ints("I32", "I32", "[2]", -5, 7)
                .ints("U32", "U32", "[2]", -1, 7)
                .shorts("I16", "I16", "[2]", -1, 7)
                .shorts("U16", "U16", "[2]", -1, 7)
                .bytes("I8", "I8", "[2]", -1, 7)
                .bytes("U8", "U8", "[2]", -1, 7)
                .write(file);
        Map<String, NDArray> tensors = read().tensors();
        assertThat(named("I64", tensors).toLongArray()).containsExactly(Long.MIN_VALUE, 7);
        assertThat(named("I32", tensors).toLongArray()).containsExactly(-5, 7);
        assertThat(named("U32", tensors).toLongArray()).containsExactly(4294967295L, 7);
        assertThat(named("I16", tensors).toLongArray()).containsExactly(-1, 7);
        assertThat(named("U16", tensors).toLongArray()).containsExactly(65535, 7);
        assertThat(named("I8", tensors).toLongArray()).containsExactly(-1, 7);
        assertThat(named("U8", tensors).toLongArray()).containsExactly(255, 7);
    }

    @Test
    void boolsScalarsAndEmptyTensorsKeepTheirShapes() throws Exception {
        new SafetensorsWriter()
                .bytes("bool", "BOOL", "[2,2]", 1, 0, 0, 1)
                .longs("scalar", "[]", 9)
                .floats("empty", "[0,3]")
                .write(file);
        Map<String, NDArray> tensors = read().tensors();
        assertThat(named("bool", tensors).toBooleanArray()).containsExactly(true, false, false, true);
        assertThat(named("scalar", tensors).getShape()).isEqualTo(new Shape());
        assertThat(named("scalar", tensors).getLong()).isEqualTo(9);
        assertThat(named("empty", tensors).getShape()).isEqualTo(new Shape(0, 3));
        assertThat(tensors.keySet()).containsExactly("bool", "scalar", "empty");
    }

    @Test
    void aTensorLargerThanAPieceIsWhole() throws Exception {
        float[] values = new float[DigestedChannel.PIECE / Float.BYTES * 2 + 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        new SafetensorsWriter()
                .floats("a", "[1]", 1)
                .floats("b", "[" + values.length + "]", values)
                .write(file);
        assertThat(named("b", read().tensors()).toFloatArray()).isEqualTo(values);
    }

    @Test
    void theDigestIsThatOfTheWholeFile() throws Exception {
        new SafetensorsWriter().floats("a", "[1]", 1).longs("b", "[2]", 1, 2).write(file);
        String digest = Digest.of(Files.readAllBytes(file));
        assertThat(read().digest()).isEqualTo(digest);
        assertThat(opened().digest()).isEqualTo(digest);
    }

    @Test
    void namesShapesAndTypesAreKnownBeforeAnyTensorIsRead() throws Exception {
        new SafetensorsWriter().floats("b", "[1,2]", 1, 2).longs("a", "[]", 1).write(file);
        assertThat(opened().shapes()).containsExactly(Map.entry("b", new Shape(1, 2)), Map.entry("a", new Shape()));
        assertThat(opened().types()).containsExactly(Map.entry("b", "F32"), Map.entry("a", "I64"));
    }

    @Test
    void remarksAndSpacesAtTheEndOfTheHeaderAreAllowed() throws Exception {
        SafetensorsWriter.write(file, "{\"__metadata__\":{\"format\":\"pt\"}}   ", new byte[0]);
        assertThat(opened().shapes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [] | its header is no JSON object
            {"x":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}} | the tensor x has the shape [-1]; it must be a list of whole numbers from 0 to 9223372036854775807
            {"x":{"dtype":"F64","shape":[1.5],"data_offsets":[0,8]}} | the tensor x has the shape [1.5]; it must be a list of whole numbers from 0 to 9223372036854775807
            {"x":{"dtype":"F64","shape":[1],"data_offsets":[0,18446744073709551616]}} | the tensor x has the data_offsets [0,18446744073709551616]; it must be a list of whole numbers from 0 to 9223372036854775807
            {"x":{"dtype":"F64","shape":[1],"data_offsets":[0]}} | the tensor x has 1 data_offsets instead of 2
            {"x":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,8]}} | the tensor x of shape (4294967296, 4294967296) is larger than any file can be
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | the tensor x of F32 and shape (1) needs 4 bytes and has the data_offsets 0 to 8
            {"x":{"dtype":"F32","shape":[0],"data_offsets":[8,4]}} | the tensor x of F32 and shape (0) needs 0 bytes and has the data_offsets 8 to 4
            {"x":{"dtype":"U64","shape":[1],"data_offsets":[0,8]}} | the tensor x has the dtype U64; read are [BOOL, U8, I8, I16, U16, I32, U32, I64, F16, BF16, F32, F64]
            {"x":{"shape":[1],"data_offsets":[0,8]}} | the tensor x has the dtype absent; read are [BOOL, U8, I8, I16, U16, I32, U32, I64, F16, BF16, F32, F64]
            {"x":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}} | its tensors take 16 bytes where 8 follow the header
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | its tensors take 4 bytes where 8 follow the header
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | the tensor x begins at byte 4 where the one before it ends at 0
            {"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | the tensor y begins at byte 4 where the one before it ends at 8
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | its header is no JSON: Duplicate field 'x'
            """)
    void aHeaderThatTheFileDoesNotBearOutIsRefused(String header, String reason) throws IOException {
        SafetensorsWriter.write(file, header, new byte[8]);
        assertRefused(reason);
    }

    @Test
    void aHeaderIsNeverLargerThanTheFile() throws IOException {
        Files.write(
                file, SafetensorsWriter.littleEndian(16).putLong(Long.MAX_VALUE).array());
        assertRefused("its header claims 9223372036854775807 bytes of 16");
        Files.write(file, new byte[3]);
        assertRefused("its 3 bytes are fewer than the eight of a header's length");
    }

    @Test
    void aHeaderOfMoreThanAHundredMillionBytesIsRefused() throws IOException {
        try (java.io.RandomAccessFile sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(SafetensorsWriter.littleEndian(8).putLong(100_000_001).array());
            sparse.setLength(100_000_009);
        }
        assertRefused("its header claims 100000001 bytes; at most 100000000 are allowed");
    }

    @Test
    void aFileThatChangedSinceItWasOpenedIsRefused() throws Exception {
        new SafetensorsWriter().floats("a", "[1]", 1).write(file);
        SafetensorsFile opened = opened();
        new SafetensorsWriter().floats("b", "[1]", 1).write(file);
        assertThatThrownBy(() -> opened.read(manager)).hasMessage(refusal("it has changed since it was first read"));
    }

    @Test
    void aTensorFileIsOneOfTwoFormats() throws IOException {
        Files.write(file, "neither of them".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> TensorFile.read("data.train", file.toString(), file, manager))
                .hasMessage("data.train is " + file
                        + ": it must be a whole .npz or .safetensors file (it begins like neither)");
        assertThatThrownBy(() -> TensorFile.decode("data.train", "there", new byte[] {'P'}, manager))
                .hasMessage("data.train is there: it must be a whole .npz or .safetensors file"
                        + " (it begins like neither)");
    }

    @Test
    void whatWasReadAlreadyIsDecodedAlike() throws Exception {
        new SafetensorsWriter().floats("a", "[2]", 1, 2).write(file);
        Map<String, NDArray> tensors =
                TensorFile.decode("data.train", file.toString(), Files.readAllBytes(file), manager);
        assertThat(named("a", tensors).toFloatArray()).containsExactly(1, 2);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(this::opened).isInstanceOf(Refusal.class).hasMessage(refusal(reason));
    }

    private String refusal(String reason) {
        return "model.checkpoint is " + file + ": it must be a whole .safetensors file (" + reason + ")";
    }

    private SafetensorsFile opened() throws Refusal {
        return SafetensorsFile.open("model.checkpoint", file.toString(), file);
    }

    private Contents read() throws Refusal {
        return opened().read(manager);
    }

    private static NDArray named(String name, Map<String, NDArray> tensors) {
        return Objects.requireNonNull(tensors.get(name));
    }
}
