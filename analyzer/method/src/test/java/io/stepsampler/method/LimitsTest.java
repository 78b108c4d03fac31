package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9e-11 | 1 | 0.5 | 0.05 | 20 | from is 9.0E-11; it must lie within",
                "1e-7 | 1001 | 0.5 | 0.05 | 20 | to is 1001.0; it must lie within",
                "NaN | 1 | 0.5 | 0.05 | 20 | from is NaN",
                "1e-3 | 1e-3 | 0.5 | 0.05 | 20 | from is 0.001; it must be below to, which is 0.001",
                "1e-7 | 1 | 0.009 | 0.05 | 20 | stepDecades is 0.009; it must be at least 0.01",
                "1e-7 | 1 | Infinity | 0.05 | 20 | stepDecades is Infinity",
                "1e-7 | 1 | 0.5 | 0.0009 | 20 | thresholdDecades is 9.0E-4; it must be at least 0.001",
                "1e-7 | 1 | 0.5 | NaN | 20 | thresholdDecades is NaN",
                "1e-7 | 1 | 0.5 | 0.05 | 0 | steps is 0",
            })
    void whatNoSearchCanUseIsRefusedByItsName(
            double from, double to, double step, double threshold, int steps, String sentence) {
        assertThatThrownBy(() -> settings(from, to, step, threshold, steps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({"1e-10, 1e3, 0.5, 0.05, 1", "1e-3, 2e-3, 0.01, 0.001, 20"})
    void theLimitsThemselvesAreAllowed(double from, double to, double step, double threshold, int steps) {
        assertThatCode(() -> settings(from, to, step, threshold, steps)).doesNotThrowAnyException();
    }

    private static Settings settings(double from, double to, double step, double threshold, int steps) {
        SearchPlan plan = new SearchPlan(
                from,
                to,
                step,
                threshold,
                new SearchPlan.Budget(1000),
                SearchPlan.Refinement.ADAPTIVE,
                SearchPlan.Reading.RELATIVE,
                false);
        return new Settings(plan, new Optimizer.Sgd(0, 0, 0, false), steps, false, 1);
    }
}
