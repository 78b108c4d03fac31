package io.stepsampler.worker.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.Model;
import io.stepsampler.worker.input.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void whatNothingSaysIsThePublishedBaseModels() throws Refusal {
        assertThat(bert(null, null))
                .isEqualTo(new BertConfiguration(
                        30522, 768, 12, 12, 3072, 512, 2, OptionalInt.of(0), 0.1, 0.1, 0.1, 1e-12, 0.02));
        BartConfiguration.Stack stack = new BartConfiguration.Stack(6, 12, 3072);
        assertThat(bart(null, null))
                .isEqualTo(new BartConfiguration(50265, 768, stack, stack, 1024, 1, 2, 2, 0.1, 0.1, 0.1, false, 0.02));
    }

    @Test
    void anOptionComesBeforeTheFileAndTheFileBeforeTheBaseModel() throws Exception {
        String config = write("{\"hidden_size\":24,\"num_attention_heads\":4,\"hidden_dropout_prob\":0.5,"
                + "\"classifier_dropout\":null,\"pad_token_id\":null,\"layer_norm_eps\":1e-6}");
        BertConfiguration sizes = bert(config, 6);
        assertThat(sizes.heads()).isEqualTo(6);
        assertThat(sizes.width()).isEqualTo(24);
        assertThat(sizes.layers()).isEqualTo(12);
        assertThat(sizes.headDropout()).isEqualTo(0.5);
        assertThat(sizes.padding()).isEmpty();
        assertThat(sizes.normEpsilon()).isEqualTo(1e-6);
    }

    @Test
    void theTokensOfABartAreTheFiles() throws Exception {
        BartConfiguration sizes = bart(
                write("{\"pad_token_id\":5,\"decoder_start_token_id\":6,\"eos_token_id\":7,\"scale_embedding\":true}"),
                null);
        assertThat(sizes)
                .extracting(
                        BartConfiguration::padding,
                        BartConfiguration::decoderStart,
                        BartConfiguration::end,
                        BartConfiguration::scalesEmbedding)
                .containsExactly(5, 6, 7, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_type":"roberta"}                   | model_type=roberta: allowed is bert
            {"hidden_act":"relu"}                      | hidden_act=relu: allowed is gelu
            {"position_embedding_type":"relative_key"} | position_embedding_type=relative_key: allowed is absolute
            {"is_decoder":true}                        | is_decoder=true: allowed is false
            {"vocab_size":"many"}                      | vocab_size=many: it must be a whole number
            {"vocab_size":0}                           | vocab_size=0: it must be a whole number from 1 to 16777216
            {"hidden_dropout_prob":1}                  | hidden_dropout_prob=1: it must be a number from 0 to below 1
            {"pad_token_id":40000} | pad_token_id=40000: it must be a token of the vocabulary, from 0 to below 30522
            """)
    void aBertThatIsComputedOtherwiseIsRefused(String json, String explanation) throws IOException {
        String config = write(json);
        assertThatThrownBy(() -> bert(config, null))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.config is " + explanation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_type":"mbart"}            | model_type=mbart: allowed is bart
            {"activation_function":"swish"}   | activation_function=swish: allowed is gelu
            {"tie_word_embeddings":false}     | tie_word_embeddings=false: allowed is true
            {"normalize_before":true}         | normalize_before=true: allowed is false
            {"encoder_layerdrop":0.1}         | encoder_layerdrop=0.1: allowed is 0.0 or 0
            """)
    void aBartThatIsComputedOtherwiseIsRefused(String json, String explanation) throws IOException {
        String config = write(json);
        assertThatThrownBy(() -> bart(config, null))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.config is " + explanation);
    }

    @Test
    void headsThatDoNotDivideTheWidthAreRefusedWithBothNumbers() {
        assertThatThrownBy(() -> bert(null, 5))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.numAttentionHeads is 5: it must divide model.options.hiddenSize, which is"
                        + " 768");
        assertThatThrownBy(() -> bart(null, 7))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.encoderAttentionHeads is 7: it must divide model.options.dModel, which is"
                        + " 768");
    }

    @Test
    void anOptionOutOfRangeIsRefused() {
        assertThatThrownBy(() -> bert(null, 0))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.numAttentionHeads is 0: it must be from 1 to 16777216");
    }

    @Test
    void aFileThatIsNoObjectIsRefused() throws IOException {
        String config = write("[]");
        assertThatThrownBy(() -> bert(config, null))
                .isInstanceOf(Refusal.class)
                .hasMessage("model.options.config is " + config + ": it must be a JSON object");
    }

    @Test
    void aFileThatIsNoJsonIsRefused() throws IOException {
        String config = write("{hidden_size: 24}");
        assertThatThrownBy(() -> bert(config, null))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("model.options.config is " + config
                        + ": it must be a JSON object (Unexpected character ('h' (code 104)): ")
                .hasMessageEndingWith(")");
    }

    @Test
    void sizesThatAreTooLargeTogetherAreRefusedWithTheMost() throws IOException {
        String config = write("{\"hidden_size\":65536,\"num_attention_heads\":16,\"intermediate_size\":1048576}");
        Model.Bert.Options options =
                new Model.Bert.Options(config, 2, false, null, null, null, null, null, null, null, null);
        Model.Bert model = new Model.Bert(new Checkpoint.Fresh(1), null, options);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThatThrownBy(() -> Networks.open(model, manager))
                    .isInstanceOf(Refusal.class)
                    .hasMessageStartingWith("model.options is of a bert ")
                    .hasMessageEndingWith(": a tensor may hold 2147483647 numbers and all together 4294967296");
        }
    }

    private String write(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json).toString();
    }

    private static BertConfiguration bert(@Nullable String config, @Nullable Integer heads) throws Refusal {
        return BertConfiguration.of(
                new Model.Bert(
                        new Checkpoint.Fresh(1),
                        null,
                        new Model.Bert.Options(config, 2, false, null, null, null, heads, null, null, null, null)),
                Networks.EVERYWHERE);
    }

    private static BartConfiguration bart(@Nullable String config, @Nullable Integer heads) throws Refusal {
        return BartConfiguration.of(
                new Model.Bart(
                        new Checkpoint.Fresh(1),
                        null,
                        new Model.Bart.Options(
                                config, null, null, null, null, heads, null, null, null, null, null, null, null)),
                Networks.EVERYWHERE);
    }
}
