package io.stepsampler.worker.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a search hears when it is refused. */
final class Refusals {

    static final String KEY = "model.checkpoint";

    private Refusals() {}

    static void assertRefused(ThrowingCallable reading, Code code, String key, String value, String explanation) {
        Refusal refusal = catchThrowableOfType(Refusal.class, reading);
        assertThat(refusal).isNotNull();
        assertThat(refusal.outcome())
                .isEqualTo(new Failed(code, key, value, key + " is " + value + ": " + explanation));
    }

    static void assertRefused(ThrowingCallable reading, Code code, String location, String explanation) {
        assertRefused(reading, code, KEY, location, explanation);
    }
}
