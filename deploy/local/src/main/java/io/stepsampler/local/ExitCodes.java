package io.stepsampler.local;

import io.stepsampler.messages.Finding;

/** What the exit status of a command means. */
final class ExitCodes {

    static final int FOUND = 0;
    static final int FAILED = 1;
    static final int REFUSED = 2;
    static final int UNRELIABLE = 3;

    private ExitCodes() {}

    static int of(Finding finding) {
        return switch (finding.state()) {
            case FOUND, BUDGET_SPENT -> finding.recommendedLearningRate() == null ? UNRELIABLE : FOUND;
            case UNRELIABLE -> UNRELIABLE;
            case FAILED -> {
                Finding.Failure failure = finding.failure();
                yield failure != null && failure.code().endsSearch() ? REFUSED : FAILED;
            }
            case CANCELLED, QUEUED, RUNNING -> FAILED;
        };
    }
}
