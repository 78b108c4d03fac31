package io.stepsampler.coordinator.sending;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With settings that cannot work the service does not start. */
class WebhookSettingsTest {

    private record Given(boolean privateAddresses, List<Duration> pauses, Duration timeout)
            implements WebhookSettings {}

    @ParameterizedTest
    @CsvSource({"PT0.999S", "PT0S", "PT-10S", "PT1M0.001S"})
    void aTimeOutOutsideItsRangeIsRefused(Duration timeout) {
        assertThatThrownBy(() -> WebhookBeans.check(given(Duration.ZERO, timeout)))
                .hasMessage("stepsampler.webhooks.timeout is " + timeout
                        + "; must be a duration such as PT10S, from PT1S to PT1M");
    }

    @Test
    void aNegativePauseIsRefused() {
        assertThatThrownBy(() -> WebhookBeans.check(given(Duration.ofSeconds(-5), Duration.ofSeconds(10))))
                .hasMessage("stepsampler.webhooks.pauses has PT-5S; must be durations such as PT5S,PT5M, from PT0S");
    }

    @ParameterizedTest
    @CsvSource({"PT1S", "PT1M"})
    void theEndsOfTheRangeAreAllowed(Duration timeout) {
        assertThatCode(() -> WebhookBeans.check(given(Duration.ZERO, timeout))).doesNotThrowAnyException();
    }

    private static WebhookSettings given(Duration pause, Duration timeout) {
        return new Given(false, List.of(Duration.ofSeconds(5), pause), timeout);
    }
}
