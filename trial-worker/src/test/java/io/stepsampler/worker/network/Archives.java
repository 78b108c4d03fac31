package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.worker.input.CheckpointFile;
import io.stepsampler.worker.input.Locations;
import io.stepsampler.worker.input.Refusal;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The archives that {@code make_models.py} makes. */
final class Archives {

    private Archives() {}

    static String location(String name) {
        return Path.of("src/test/resources/models", name + ".pt")
                .toAbsolutePath()
                .toString();
    }

    static void assertRefused(ThrowingCallable work, String name, String explanation) {
        assertThatThrownBy(work)
                .isInstanceOf(Refusal.class)
                .hasMessage("model.checkpoint is " + location(name) + ": " + explanation);
    }

    static TorchScriptCheckpoint checkpoint(String name, NDManager manager) throws Refusal {
        return TorchScriptCheckpoint.of(
                CheckpointFile.read(new Checkpoint.Stored(location(name)), null, new Locations(List.of(Path.of("/")))),
                manager);
    }
}
