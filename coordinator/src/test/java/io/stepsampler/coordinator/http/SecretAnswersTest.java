package io.stepsampler.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretAnswersTest {

    private static final String SECRET = "5f0c1d";

    @Test
    void whatShowsASecretOnceDoesNotShowItInALog() {
        Object key =
                new ApiKeyResource.Answer("3k9x", SECRET, "ci", "vision", "member", "ada", Instant.EPOCH, null, null);
        Object webhook = new WebhookResource.Answer(
                UUID.randomUUID(), SECRET, "https://example.com/", null, "ada", Instant.EPOCH, null);

        assertThat(List.of(key, webhook)).asString().contains("3k9x").doesNotContain(SECRET);
    }
}
