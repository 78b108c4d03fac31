package io.stepsampler.worker.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * An archive of {@code torch.jit.save}. The engine shows a module's parameters but not its buffers: a module that has
 * more state than parameters is loaded anew from memory for each trial, because nothing less restores BatchNorm's
 * statistics.
 */
public final class TorchScriptCheckpoint implements Checkpointed {

    private final CheckpointFile file;
    private final ForwardSignature signature;
    private final TiedParameters ties;
    private final List<Warning> warnings;
    private final Optional<WarmModule> warm;

    private TorchScriptCheckpoint(
            CheckpointFile file,
            ForwardSignature signature,
            TiedParameters ties,
            List<Warning> warnings,
            Optional<WarmModule> warm) {
        this.warm = warm;
        this.file = file;
        this.signature = signature;
        this.ties = ties;
        this.warnings = warnings;
    }

    public static TorchScriptCheckpoint of(CheckpointFile file, NDManager manager) throws Refusal {
        try (NDManager trying = manager.newSubManager()) {
            PtSymbolBlock scratch = load(file, trying);
            TorchScriptArchive archive = TorchScriptArchive.read(file.content());
            ForwardSignature signature =
                    archive.forward().orElseThrow(() -> refusal(file, "the module must have a method forward"));
            List<Parameter> trainable = TorchScript.trainable(scratch);
            if (trainable.isEmpty()) {
                throw refusal(file, "the module must have a parameter that requires a gradient");
            }
            Optional<WarmModule> warm = ModuleState.isParametersOnly(archive.code())
                    ? Optional.of(WarmModule.of(load(file, manager), manager))
                    : Optional.empty();
            return new TorchScriptCheckpoint(
                    file, signature, TiedParameters.find(trainable, trying), BakedMode.warnings(archive.code()), warm);
        } catch (EngineException | IllegalStateException e) {
            if (Complaint.speaksOfMachine(e)) {
                throw e;
            }
            throw refusal(file, "it must be an archive of torch.jit.save; PyTorch says: " + Complaint.of(e));
        } catch (IOException e) {
            throw refusal(file, "it must be an archive of torch.jit.save (" + Complaint.of(e) + ")");
        }
    }

    @Override
    public Network fresh(NDManager manager) {
        return module(manager);
    }

    private TorchScript module(NDManager manager) {
        return new TorchScript(warm.map(WarmModule::restored).orElseGet(() -> load(file, manager)), signature, ties);
    }

    @Override
    public void requireFit(NDList inputs) throws Refusal {
        Optional<String> misfit = signature.misfit(inputs);
        if (misfit.isPresent()) {
            throw refusal(file, misfit.get());
        }
    }

    @Override
    public NDArray answer(NDList inputs, NDManager manager) throws Refusal {
        requireFit(inputs);
        return Rehearsal.answer(
                this, inputs, signature.answer(), () -> module(manager).outputs(inputs, Mode.EVALUATION));
    }

    @Override
    public String digest() {
        return file.digest();
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public List<Warning> warnings() {
        return warnings;
    }

    private static PtSymbolBlock load(CheckpointFile file, NDManager manager) {
        try {
            return JniUtils.loadModule(
                    (PtNDManager) manager,
                    new ByteArrayInputStream(file.content()),
                    /* mapLocation= */ true,
                    /* hasSize= */ false);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive held in memory cannot be read", e);
        }
    }

    private static Refusal refusal(CheckpointFile file, String explanation) {
        return Refusal.badInput(CheckpointFile.KEY, file.location(), explanation);
    }
}
