package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmModuleTest {

    private final PtNDManager manager = (PtNDManager) NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aResetBringsBackEveryParameterAndEveryBuffer() throws IOException {
        PtSymbolBlock module = batchNorm();
        WarmModule warm = WarmModule.of(module, StateArchive.tensors(module, manager), manager);
        List<String> start = state(module);
        JniUtils.enableTrainingMode(module);
        IValueUtils.forward(module, new NDList(manager.randomNormal(new Shape(8, 4))), /* isTrain= */ true);
        module.getDirectParameters()
                .forEach(named -> named.getValue().getArray().stopGradient().addi(1));
        List<String> changed = state(module);
        for (int i = 0; i < start.size(); i++) {
            assertThat(changed.get(i)).isNotEqualTo(start.get(i));
        }
        assertThat(state(warm.restored())).isEqualTo(start);
    }

    private PtSymbolBlock batchNorm() throws IOException {
        byte[] content = Files.readAllBytes(Path.of("src/test/resources/models/batchnorm_dropout.pt"));
        TorchScriptArchive archive = TorchScriptArchive.read(content);
        return JniUtils.loadModule(
                manager,
                StateArchive.of(content, archive, ModuleState.tensors(archive).orElseThrow()),
                /* mapLocation= */ true,
                /* hasSize= */ false);
    }

    /** Each tensor as text; the engine shows the parameters, the added method the mean, the variance and the count. */
    private List<String> state(PtSymbolBlock module) {
        List<NDArray> tensors = new ArrayList<>(StateArchive.tensors(module, manager));
        assertThat(tensors).hasSize(3);
        module.getDirectParameters()
                .forEach(named -> tensors.add(named.getValue().getArray()));
        return tensors.stream()
                .map(tensor -> tensor.getShape() + " " + List.of(tensor.toArray()))
                .toList();
    }
}
