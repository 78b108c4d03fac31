package io.stepsampler.messages;

/** Where a search stands. The last five are final: a search enters exactly one of them, once. */
public enum SearchState {
    QUEUED,
    RUNNING,
    FOUND,
    BUDGET_SPENT,
    UNRELIABLE,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return compareTo(RUNNING) > 0;
    }
}
