package io.stepsampler.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.coordinator.identity.Credential;
import io.stepsampler.coordinator.storage.SearchStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a reader is sent who takes it slowly, or not at all. */
class SlowReaderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final HeldLine line = new HeldLine();
    private final FindingStream stream =
            new FindingStream("vision", UUID.randomUUID(), new Credential.FirstKey(), "", line);

    @Test
    void nothingIsSentWhileSomethingIsOnItsWay() {
        stream.tell(news(1), NOON);
        stream.tell(news(2), NOON);
        stream.keepOpen(NOON.plusSeconds(15));

        assertThat(stream.awaits(version(2))).isFalse();
        assertThat(line.sent()).containsExactly("1-1");
    }

    @Test
    void theNewestFollowsAloneOnceTheWayIsFree() {
        stream.tell(news(1), NOON);
        stream.tell(news(2), NOON);
        line.take();
        assertThat(stream.awaits(version(3))).isTrue();
        stream.tell(news(3), NOON);

        assertThat(line.sent()).containsExactly("1-1", "1-3");
    }

    @Test
    void whatTheReaderHasIsNotSentAgain() {
        stream.tell(news(1), NOON);
        line.take();
        stream.tell(news(1), NOON);

        assertThat(stream.awaits(version(1))).isFalse();
        assertThat(line.sent()).containsExactly("1-1");
    }

    @Test
    void theLastOneEndsTheStreamOnceItIsTaken() {
        stream.tell(new FindingStream.News("1-9", "{}", true), NOON);
        assertThat(line.state()).isEqualTo("open");
        line.take();

        assertThat(line.state()).isEqualTo("closed");
    }

    @Test
    void aStreamThatNobodyReadsIsCutAfterAMinute() {
        stream.tell(news(1), NOON);
        stream.keepOpen(NOON.plusSeconds(59));
        assertThat(line.state()).isEqualTo("open");
        stream.keepOpen(NOON.plusSeconds(60));

        assertThat(line.state()).isEqualTo("cut");
    }

    @Test
    void aStreamThatIsReadIsKeptOpenHoweverLittleHappens() {
        stream.tell(news(1), NOON);
        line.take();
        for (int minute = 1; minute < 4; minute++) {
            stream.keepOpen(NOON.plus(Duration.ofMinutes(minute)));
            line.take();
        }

        assertThat(line.state()).isEqualTo("open");
        assertThat(line.sent()).containsExactly("1-1", "sign of life", "sign of life", "sign of life");
    }

    @Test
    void aBrokenConnectionEndsTheStream() {
        stream.tell(news(1), NOON);
        line.breakOff();

        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aStreamThatMayNotGoOnEndsWhateverIsOnItsWay() {
        stream.tell(news(1), NOON);
        stream.end();

        assertThat(line.state()).isEqualTo("cut");
    }

    private static FindingStream.News news(int curve) {
        return new FindingStream.News(version(curve).toString(), "{}", false);
    }

    private static SearchStore.Version version(int curve) {
        return new SearchStore.Version(1, curve);
    }
}
