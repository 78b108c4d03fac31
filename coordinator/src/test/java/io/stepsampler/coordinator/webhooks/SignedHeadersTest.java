package io.stepsampler.coordinator.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignedHeadersTest {

    /** The vector that the libraries of Standard Webhooks are tested with. */
    private static final SigningSecret SECRET = new SigningSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330L, 999_999_999);
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void theHeadersAreThoseOfTheKnownVector() {
        assertThat(SignedHeaders.of(List.of(SECRET), ID, AT, BODY))
                .isEqualTo(Map.of("webhook-id", ID, "webhook-timestamp", "1614265330", "webhook-signature", SIGNATURE));
    }

    @Test
    void everySecretSigns() {
        SigningSecret other = SigningSecret.generate(new SecureRandom());

        String both = SignedHeaders.of(List.of(other, SECRET), ID, AT, BODY).get("webhook-signature");
        String one = SignedHeaders.of(List.of(other), ID, AT, BODY).get("webhook-signature");

        assertThat(both).isEqualTo(one + " " + SIGNATURE);
        assertThat(one).isNotEqualTo(SIGNATURE);
    }

    @Test
    void whatIsSignedIsReadAsUtf8() {
        String signature = SignedHeaders.of(List.of(SECRET), ID, AT, "{\"name\":\"Ölsuche\"}")
                .get("webhook-signature");

        // printf 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"name":"Ölsuche"}' | openssl dgst -sha256 -mac HMAC …
        assertThat(signature).isEqualTo("v1,63xfhMa/tAUHwXJSOQ9YDoYpxCVzGmyT42AXY4XfYHE=");
    }

    @Test
    void aNewSecretHasAKeyOf32Bytes() {
        SecureRandom random = new SecureRandom();

        String text = SigningSecret.generate(random).text();

        assertThat(text).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(text.substring("whsec_".length())))
                .hasSize(32);
        assertThat(SigningSecret.generate(random).text()).isNotEqualTo(text);
    }

    @Test
    void aSecretIsNotShown() {
        assertThat(SECRET.toString()).isEqualTo("SigningSecret[…]");
        assertThatThrownBy(() -> new SigningSecret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a signing secret must begin with whsec_");
    }
}
