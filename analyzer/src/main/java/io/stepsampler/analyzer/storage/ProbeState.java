package io.stepsampler.analyzer.storage;

/** How far a probe is. */
public enum ProbeState {
    /** It was sent, and no trial of what was sent last has begun. */
    PLANNED,
    STARTED,
    ENDED,
    /** Its search was over first. */
    CANCELLED;

    boolean isOpen() {
        return this == PLANNED || this == STARTED;
    }
}
