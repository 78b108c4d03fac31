package io.stepsampler.analyzer.attempts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.SearchState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptLimitTest {

    private final AttemptLimit limit = new AttemptLimit(3);

    @Test
    void aProbeOfWhichNoTrialBeganIsSentAgainAsItWas() {
        assertThat(limit.silent(SearchState.RUNNING, new Attempts(7, 0))).isEqualTo(Verdict.AGAIN);
    }

    @Test
    void aProbeWhoseTrialFellSilentIsSentAgainAloneUntilItsAttemptsAreSpent() {
        assertThat(limit.silent(SearchState.RUNNING, new Attempts(1, 1))).isEqualTo(Verdict.AGAIN_ALONE);
        assertThat(limit.silent(SearchState.RUNNING, new Attempts(2, 2))).isEqualTo(Verdict.AGAIN_ALONE);
        assertThat(limit.silent(SearchState.RUNNING, new Attempts(3, 3))).isEqualTo(Verdict.END);
        assertThat(limit.silent(SearchState.RUNNING, new Attempts(1, 4))).isEqualTo(Verdict.END);
    }

    @ParameterizedTest
    @EnumSource(
            value = SearchState.class,
            names = {"FOUND", "BUDGET_SPENT", "UNRELIABLE", "FAILED", "CANCELLED"})
    void nothingIsSentForASearchThatIsOver(SearchState state) {
        assertThat(limit.silent(state, new Attempts(1, 1))).isEqualTo(Verdict.NOTHING);
    }

    @Test
    void aResultEndsItsProbeWhicheverIssueItIsOf() {
        assertThat(limit.ended(new Outcome.Measured(1, List.of()), 1, new Attempts(2, 2)))
                .isEqualTo(Verdict.END);
        assertThat(limit.ended(new Outcome.Diverged(1, List.of()), 1, new Attempts(1, 1)))
                .isEqualTo(Verdict.END);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Code.class,
            names = {"BAD_INPUT", "POLICY", "UNSUPPORTED"})
    void aFailureOfTheSearchEndsItsProbeAtOnce(Outcome.Code code) {
        assertThat(limit.ended(failed(code), 1, new Attempts(1, 1))).isEqualTo(Verdict.END);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.Code.class,
            names = {"CRASHED", "DEADLINE", "OUT_OF_MEMORY"})
    void aFailureOfOneProbeCountsAfterItsAttempts(Outcome.Code code) {
        assertThat(limit.ended(failed(code), 1, new Attempts(1, 1))).isEqualTo(Verdict.AGAIN_ALONE);
        assertThat(limit.ended(failed(code), 2, new Attempts(2, 2))).isEqualTo(Verdict.AGAIN_ALONE);
        assertThat(limit.ended(failed(code), 3, new Attempts(3, 3))).isEqualTo(Verdict.END);
    }

    @Test
    void aFailureOfAnEarlierIssueLeavesTheWordToTheLatest() {
        assertThat(limit.ended(failed(Outcome.Code.DEADLINE), 1, new Attempts(2, 3)))
                .isEqualTo(Verdict.NOTHING);
    }

    @Test
    void attemptsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new AttemptLimit(0)).hasMessageContaining("at most 0 attempts");
        assertThatThrownBy(() -> new Attempts(0, 0)).hasMessageContaining("0 issues");
        assertThatThrownBy(() -> new Attempts(1, -1)).hasMessageContaining("-1 starts");
    }

    private static Outcome failed(Outcome.Code code) {
        return new Outcome.Failed(code, null, null, "it failed");
    }
}
