package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResNet18FamilyTest {

    @TempDir
    private Path folder;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** Findings that are stored depend on it. */
    @Test
    void aSeedMeansTheNetworkThatItAlwaysMeant() {
        assertThat(Families.resNet18(42, 2, manager).digest())
                .isEqualTo("9f9c70290e2cbc08c5dfe0d5159eea21d9b0ef6f1d1bf56a313799dd6e0bf984");
    }

    @Test
    void aFileAnswersAsTheSeedDoesThatItsTensorsWereDrawnFrom() throws Exception {
        Checkpointed read = open(write(2), 2, false);
        assertThat(answer(read)).containsExactly(answer(Families.resNet18(7, 2, manager)));
    }

    @Test
    void anotherNumberOfClassesIsRefusedUnlessANewHeadIsAllowed() throws Exception {
        Path file = write(3);
        assertThatThrownBy(() -> open(file, 2, false))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + file + ": its tensors are not those of a resnet18 with 2 classes:"
                        + " fc.weight with the shape (3, 512) instead of (2, 512), fc.bias with the shape (3) instead"
                        + " of (2); model.options.allowNewHead allows that");
        assertThat(answer(open(file, 2, true))).hasSize(2);
    }

    @Test
    void anUnknownDigestIsRefused() throws Exception {
        Path file = write(2);
        Model.ResNet18 model = new Model.ResNet18(Networks.stored(file), "0123", new Model.ResNet18.Options(2, false));
        assertThatThrownBy(() -> Families.resNet18(model, Networks.EVERYWHERE, manager))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("model.sha256 is 0123: " + file + " has the SHA-256 [0-9a-f]{64} instead");
    }

    private Checkpointed open(Path file, int classes, boolean allowNewHead) throws Refusal {
        return Families.resNet18(
                new Model.ResNet18(Networks.stored(file), null, new Model.ResNet18.Options(classes, allowNewHead)),
                Networks.EVERYWHERE,
                manager);
    }

    /** With a counter of batches, as torchvision's own files have. */
    private Path write(int classes) throws IOException {
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        tensors.put("bn1.num_batches_tracked", manager.zeros(new Shape(1), DataType.INT64));
        ResNet18Family family = ResNet18Family.of(classes, false);
        var streams = family.streams(7);
        family.layout().places().forEach((name, place) -> {
            float[] numbers = RandomNumbers.draw(place.draw(), place.shape(), streams.apply(tensors.size()));
            tensors.put(name, manager.create(numbers, place.shape()));
        });
        return Networks.write(folder.resolve("resnet18.safetensors"), tensors);
    }

    private float[] answer(Checkpointed checkpoint) {
        NDArray picture = manager.ones(new Shape(1, 3, 32, 32));
        return checkpoint
                .fresh(manager)
                .forward(new NDList(picture), Mode.EVALUATION)
                .toFloatArray();
    }
}
