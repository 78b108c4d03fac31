package io.stepsampler.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissingTopicsTest {

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1);
    private final MissingTopics missing = new MissingTopics(nanoTime::get);

    @Test
    void aTopicThatWasMissingIsAskedForAgainAfterAPause() {
        assertThat(missing.has("findings.vision")).isFalse();
        missing.add("findings.vision");

        nanoTime.addAndGet(MissingTopics.PAUSE.toNanos() - 1);
        assertThat(missing.has("findings.vision")).isTrue();
        nanoTime.incrementAndGet();
        assertThat(missing.has("findings.vision")).isFalse();
    }

    @Test
    void oneMissingTopicSaysNothingOfAnother() {
        missing.add("findings.vision");

        assertThat(missing.has("findings.speech")).isFalse();
    }
}
