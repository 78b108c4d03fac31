package io.stepsampler.coordinator.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {

    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anAcceptedEventIsDelivered(int code) {
        Verdict verdict = SCHEDULE.verdict(status(code), 3, 0);

        assertThat(verdict).isEqualTo(new Verdict.Delivered());
        assertThat(verdict.state()).isEqualTo(DeliveryState.DELIVERED);
        assertThat(status(code).fault()).isNull();
        assertThat(status(code).rest()).isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {199, 300, 302, 400, 404, 409, 411, 429, 500, 503, 599})
    void everyOtherAnswerIsTriedAgainUntilTheLast(int code) {
        assertThat(SCHEDULE.verdict(status(code), 1, 0)).isEqualTo(new Verdict.Again(Duration.ofSeconds(5)));
        assertThat(SCHEDULE.verdict(status(code), 2, 0)).isEqualTo(new Verdict.Again(Duration.ofMinutes(5)));
        assertThat(SCHEDULE.verdict(status(code), 3, 0)).isEqualTo(new Verdict.GivenUp());
        assertThat(new Verdict.GivenUp().state()).isEqualTo(DeliveryState.FAILED);
        assertThat(new Verdict.Again(Duration.ZERO).state()).isEqualTo(DeliveryState.PENDING);
    }

    @Test
    void noAnswerIsTriedAgainAsWell() {
        Answer none = new Answer.None("no connection");

        assertThat(SCHEDULE.verdict(none, 1, 0)).isEqualTo(new Verdict.Again(Duration.ofSeconds(5)));
        assertThat(SCHEDULE.verdict(none, 3, 0)).isEqualTo(new Verdict.GivenUp());
        assertThat(none.fault()).isEqualTo("no connection");
        assertThat(none.rest()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aReceiverThatIsGoneIsSentNothingMore() {
        assertThat(SCHEDULE.verdict(status(410), 1, 0)).isEqualTo(new Verdict.Unwanted());
        assertThat(new Verdict.Unwanted().state()).isEqualTo(DeliveryState.FAILED);
    }

    @Test
    void aPauseIsMadeLongerByUpToATenth() {
        assertThat(SCHEDULE.verdict(status(500), 2, 0.5)).isEqualTo(new Verdict.Again(Duration.ofSeconds(315)));
        assertThat(SCHEDULE.verdict(status(500), 2, 1)).isEqualTo(new Verdict.Again(Duration.ofSeconds(330)));
    }

    @ParameterizedTest
    @CsvSource({"PT1S, PT5S", "PT5S, PT5S", "PT60S, PT60S", "PT24H, PT24H", "PT25H, PT24H"})
    void aReceiverMayAskForALongerPauseWithinADay(Duration retryAfter, Duration pause) {
        assertThat(SCHEDULE.verdict(new Answer.Status(503, retryAfter), 1, 0)).isEqualTo(new Verdict.Again(pause));
    }

    @ParameterizedTest
    @CsvSource({
        "429, , PT5S",
        "502, , PT5S",
        "503, PT1S, PT5S",
        "503, PT60S, PT60S",
        "504, PT1H, PT1H",
        "429, PT2H, PT1H",
        "500, PT60S, PT0S",
        "501, , PT0S",
        "505, , PT0S",
        "404, , PT0S"
    })
    void aBusyReceiverIsLeftAlone(int code, Duration retryAfter, Duration rest) {
        assertThat(new Answer.Status(code, retryAfter).rest()).isEqualTo(rest);
    }

    @Test
    void aFaultIsToldInASentence() {
        assertThat(status(404).fault()).isEqualTo("the receiver answered 404");
        assertThat(status(302).fault())
                .isEqualTo("the receiver answered 302; redirects are not followed: the webhook must have the last"
                        + " address");
    }

    @Test
    void aNegativePauseIsRefused() {
        assertThatThrownBy(() -> new RetrySchedule(List.of(Duration.ofSeconds(-1))))
                .hasMessage("a pause between attempts is PT-1S; must not be negative");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                             | PT0S
            120                           | PT120S
            999999999                     | PT999999999S
            1000000000                    |
            -1                            |
            soon                          |
            Fri, 27 Nov 2026 14:00:30 GMT | PT30S
            Fri, 27 Nov 2026 13:59:59 GMT | PT0S
            """)
    void whatAReceiverAsksForIsSecondsOrATime(String text, Duration expected) {
        Instant now = Instant.parse("2026-11-27T14:00:00Z");

        assertThat(RetryAfter.parse(text, now)).isEqualTo(Optional.ofNullable(expected));
    }

    private static Answer status(int code) {
        return new Answer.Status(code, null);
    }
}
