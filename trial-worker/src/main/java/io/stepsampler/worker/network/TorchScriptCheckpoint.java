package io.stepsampler.worker.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Refusal;
import io.stepsampler.worker.network.Network.Mode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive of {@code torch.jit.save}. A module stays loaded and its state is copied back for each trial where its code
 * proves that state to be tensors alone; else it is loaded anew from memory.
 */
public final class TorchScriptCheckpoint implements Checkpointed {

    private static final Logger LOG = LoggerFactory.getLogger(TorchScriptCheckpoint.class);

    /** In bytes: of a larger archive no second copy is made in the worker's heap. */
    private static final int LARGEST_REWRITTEN = 1 << 28;

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
            PtSymbolBlock scratch = load(file.content(), trying);
            TorchScriptArchive archive = TorchScriptArchive.read(file.content());
            ForwardSignature signature =
                    archive.forward().orElseThrow(() -> refusal(file, "the module must have a method forward"));
            List<Parameter> trainable = TorchScript.trainable(scratch);
            requireTrainable(trainable, file);
            return new TorchScriptCheckpoint(
                    file,
                    signature,
                    TiedParameters.find(trainable, trying),
                    BakedMode.warnings(archive.code()),
                    warm(file, archive, manager));
        } catch (EngineException | IllegalStateException e) {
            if (Complaint.speaksOfMachine(e)) {
                throw e;
            }
            throw refusal(file, "it must be an archive of torch.jit.save; PyTorch says: " + Complaint.of(e));
        } catch (IOException e) {
            throw refusal(file, "it must be an archive of torch.jit.save (" + Complaint.of(e) + ")");
        }
    }

    private static void requireTrainable(List<Parameter> trainable, CheckpointFile file) throws Refusal {
        if (trainable.isEmpty()) {
            throw refusal(file, "the module must have a parameter that requires a gradient");
        }
        for (Parameter parameter : trainable) {
            DataType type = parameter.array().getDataType();
            if (type != DataType.FLOAT32) {
                throw refusal(
                        file,
                        "the parameter " + parameter.name() + " is "
                                + type.toString().toLowerCase(Locale.ROOT) + "; what is trained must be float32");
            }
        }
    }

    /** Empty where the module must be loaded anew for each trial. */
    private static Optional<WarmModule> warm(CheckpointFile file, TorchScriptArchive archive, NDManager manager)
            throws IOException {
        Optional<List<ModuleState.Held>> held = ModuleState.tensors(archive);
        if (held.isEmpty() || (!held.get().isEmpty() && file.content().length > LARGEST_REWRITTEN)) {
            return Optional.empty();
        }
        NDManager owner = manager.newSubManager();
        try {
            WarmModule warm = warm(file.content(), archive, held.get(), owner);
            warm.restored();
            return Optional.of(warm);
        } catch (EngineException | OutOfMemoryError e) {
            owner.close();
            LOG.info("{} is loaded anew for each trial: {}", file.location(), Complaint.of(e));
            return Optional.empty();
        }
    }

    private static WarmModule warm(
            byte[] content, TorchScriptArchive archive, List<ModuleState.Held> held, NDManager owner)
            throws IOException {
        if (held.isEmpty()) {
            return WarmModule.of(load(content, owner), List.of(), owner);
        }
        PtSymbolBlock module = load(StateArchive.of(content, archive, held), owner);
        return WarmModule.of(module, StateArchive.tensors(module, owner), owner);
    }

    @Override
    public Network fresh(NDManager manager) {
        return module(manager);
    }

    private TorchScript module(NDManager manager) {
        return new TorchScript(
                warm.map(WarmModule::restored).orElseGet(() -> load(file.content(), manager)), signature, ties);
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

    private static PtSymbolBlock load(byte[] content, NDManager manager) {
        return load(new ByteArrayInputStream(content), manager);
    }

    private static PtSymbolBlock load(InputStream content, NDManager manager) {
        try {
            return JniUtils.loadModule((PtNDManager) manager, content, /* mapLocation= */ true, /* hasSize= */ false);
        } catch (IOException e) {
            throw new UncheckedIOException("an archive held in memory cannot be read", e);
        }
    }

    private static Refusal refusal(CheckpointFile file, String explanation) {
        return Refusal.badInput(CheckpointFile.KEY, file.location(), explanation);
    }
}
