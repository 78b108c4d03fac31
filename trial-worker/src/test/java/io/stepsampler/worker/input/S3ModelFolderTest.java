package io.stepsampler.worker.input;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.network.BertConfiguration;
import io.stepsampler.worker.network.Checkpointed;
import io.stepsampler.worker.network.Families;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Hugging Face folder on a real S3 server is a checkpoint like one on this machine. */
class S3ModelFolderTest {

    private static final Path WEIGHTS = Path.of("src/test/resources/networks/bert.safetensors");
    private static final String CONFIGURATION = """
            {"model_type": "bert", "vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2,
             "intermediate_size": 12, "max_position_embeddings": 10, "type_vocab_size": 2}
            """;

    @TempDir
    private Path folder;

    @Test
    void configurationAndWeightsAreReadFromItsFolder() throws Exception {
        S3Server server = S3Server.start();
        byte[] weights = Files.readAllBytes(WEIGHTS);
        server.put("bert/config.json", CONFIGURATION.getBytes(StandardCharsets.UTF_8));
        server.put("bert/model.safetensors", weights);
        SourceSettings settings = new SourceSettings(
                List.of(), folder.resolve("cache"), 1_000_000, List.of(), Map.of("language", server.settings()));
        Model.Bert model = new Model.Bert(
                new Checkpoint.Stored("s3://vision/bert"),
                null,
                new Model.Bert.Options(null, 3, false, null, null, null, null, null, null, null, null));
        try (Sources sources = new Sources(settings);
                Locations locations = sources.of("language");
                NDManager manager = NDManager.newBaseManager()) {
            BertConfiguration sizes = BertConfiguration.of(model, locations);
            Checkpointed checkpoint = Families.bert(model, sizes, locations, manager);
            assertThat(checkpoint.digest()).isEqualTo(Digest.of(weights));
            assertThat(checkpoint.fresh(manager).parameters()).isNotEmpty();
        } finally {
            server.stop();
        }
    }
}
