package io.stepsampler.worker.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.stepsampler.messages.json.MessageJson;
import io.stepsampler.worker.input.S3Settings;
import io.stepsampler.worker.input.SourceSettings;
import io.stepsampler.worker.training.TorchScriptPolicy;
import io.stepsampler.worker.training.TrialSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceConfigurationTest {

    private static final Map<String, String> TWO_TEAMS = Map.of(
            "stepsampler.roots", "/data,/models",
            "stepsampler.https-hosts", "models.example,localhost:8443",
            "stepsampler.s3.vision.endpoint", "http://s3.example:9000",
            "stepsampler.s3.vision.access-key", "id",
            "stepsampler.s3.vision.secret-key", "hush",
            "stepsampler.s3.\"text.team\".region", "eu-central-1",
            "stepsampler.s3.\"text.team\".access-key", "id2",
            "stepsampler.s3.\"text.team\".secret-key", "hush2");

    @Test
    void eachTeamHasItsOwnServer() {
        assertThat(read(TWO_TEAMS).s3())
                .isEqualTo(Map.of(
                        "vision",
                        new S3Settings(URI.create("http://s3.example:9000"), "us-east-1", "id", "hush", true),
                        "text.team",
                        new S3Settings(null, "eu-central-1", "id2", "hush2", false)));
    }

    @Test
    void rootsAndHostsAreLists() {
        assertThat(read(TWO_TEAMS).roots()).containsExactly(Path.of("/data"), Path.of("/models"));
        assertThat(read(TWO_TEAMS).httpsHosts()).containsExactly("models.example", "localhost:8443");
    }

    @Test
    void nothingIsOpenUnlessItIsConfigured() {
        SourceSettings settings = read(Map.of());
        assertThat(settings.roots()).isEmpty();
        assertThat(settings.httpsHosts()).isEmpty();
        assertThat(settings.s3()).isEmpty();
    }

    @Test
    void aTeamWithoutASecretIsNamed() {
        assertThatThrownBy(() -> read(Map.of("stepsampler.s3.\"vision\".access-key", "id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepsampler.s3.\"vision\".secret-key is missing; a team's S3 server needs it");
    }

    @Test
    void aCacheWithoutRoomIsRefused() {
        assertThatThrownBy(() -> read(Map.of("stepsampler.cache-bytes", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepsampler.cache-bytes is 0; it must be at least 1");
    }

    /** The child process of an isolated trial reads them from its standard input. */
    @Test
    void settingsSurviveTheirWayToAChildProcess() throws Exception {
        TrialSettings settings = new TrialSettings(1, read(TWO_TEAMS), new TorchScriptPolicy(false, Set.of("vision")));
        assertThat(MessageJson.read(MessageJson.write(settings), TrialSettings.class))
                .isEqualTo(settings);
    }

    @Test
    void settingsPrintNoSecret() {
        assertThat(new TrialSettings(1, read(TWO_TEAMS), TorchScriptPolicy.ALLOWED).toString())
                .contains("s3.example")
                .doesNotContain("hush")
                .doesNotContain("id2");
    }

    private static SourceSettings read(Map<String, String> set) {
        Map<String, String> all = new HashMap<>(
                Map.of("stepsampler.cache-folder", "/var/cache/stepsampler", "stepsampler.cache-bytes", "1000"));
        all.putAll(set);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build();
        return SourceConfiguration.read(config);
    }
}
