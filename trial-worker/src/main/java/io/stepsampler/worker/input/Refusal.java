package io.stepsampler.worker.input;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;

/** A search cannot be tried as it stands; says which key of the search file is at fault, and what is allowed. */
public final class Refusal extends Exception {

    private final transient Failed outcome;

    private Refusal(Code code, String key, Object value, String explanation) {
        this(new Failed(code, key, String.valueOf(value), key + " is " + value + ": " + explanation));
    }

    private Refusal(Failed outcome) {
        super(outcome.text());
        this.outcome = outcome;
    }

    public static Refusal badInput(String key, Object value, String explanation) {
        return new Refusal(Code.BAD_INPUT, key, value, explanation);
    }

    /** The deployment does not allow it. */
    public static Refusal policy(String key, Object value, String explanation) {
        return new Refusal(Code.POLICY, key, value, explanation);
    }

    /** This worker cannot do it. */
    public static Refusal unsupported(String key, Object value, String explanation) {
        return new Refusal(Code.UNSUPPORTED, key, value, explanation);
    }

    /** A fault that may pass, such as a server that does not answer: the probe fails, the search goes on. */
    public static Refusal unavailable(String key, Object value, String explanation) {
        return new Refusal(Code.CRASHED, key, value, explanation);
    }

    /** The same, with what shows it. */
    public Refusal seenIn(String place) {
        return new Refusal(new Failed(
                outcome.code(), outcome.key(), outcome.value(), outcome.text() + " (seen in " + place + ")"));
    }

    public Failed outcome() {
        return outcome;
    }
}
