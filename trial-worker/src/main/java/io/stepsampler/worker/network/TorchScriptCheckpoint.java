package io.stepsampler.worker.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An archive of {@code torch.jit.save}. Each trial loads it anew from memory, because the engine shows a module's
 * parameters but not its buffers, so that nothing less restores BatchNorm's statistics.
 */
public final class TorchScriptCheckpoint implements Checkpointed {

    private final CheckpointFile file;

    private TorchScriptCheckpoint(CheckpointFile file) {
        this.file = file;
    }

    public static TorchScriptCheckpoint of(CheckpointFile file, NDManager manager) throws Refusal {
        TorchScriptCheckpoint checkpoint = new TorchScriptCheckpoint(file);
        try (NDManager trying = manager.newSubManager()) {
            if (checkpoint.fresh(trying).parameters().isEmpty()) {
                throw Refusal.badInput(
                        CheckpointFile.KEY,
                        file.location(),
                        "the module must have a parameter that requires a gradient");
            }
        } catch (EngineException | IllegalStateException e) {
            throw Refusal.badInput(
                    CheckpointFile.KEY,
                    file.location(),
                    "it must be an archive of torch.jit.save; PyTorch says: " + Complaint.of(e));
        }
        return checkpoint;
    }

    @Override
    public Network fresh(NDManager manager) {
        try {
            PtSymbolBlock module = JniUtils.loadModule(
                    (PtNDManager) manager,
                    new ByteArrayInputStream(file.content()),
                    /* mapLocation= */ true,
                    /* hasSize= */ false);
            return new TorchScript(module);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive held in memory cannot be read", e);
        }
    }

    @Override
    public String digest() {
        return file.digest();
    }

    @Override
    public String location() {
        return file.location();
    }
}
