package io.stepsampler.worker.messaging;

/** With which status the process ends when it is not told to. A supervisor starts it again after {@link #OVERDUE}. */
final class ExitCode {

    /** A trial has passed its limit; its outcome is published. */
    static final int OVERDUE = 10;

    /** The Kafka cluster lacks share groups, or locks records too shortly; the log says what to change. */
    static final int UNSUITABLE_KAFKA = 11;

    /** The GPU answers no more in this process; the log says why. A supervisor starts it again, elsewhere if need be. */
    static final int DEVICE_LOST = 13;

    /** An error of the worker itself; the log has it. */
    static final int BROKEN = 12;

    private ExitCode() {}
}
