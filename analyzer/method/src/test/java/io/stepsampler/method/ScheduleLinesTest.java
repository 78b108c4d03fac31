package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleLinesTest {

    @Test
    void everyLineHasTheNumberThatBelongsThere() {
        String lines = ScheduleLines.of(found(new Finding.Window(3.03e-5, 1.99e-3)));

        assertThat(lines)
                .contains("the same one with lr=1.96e-4.", "OneCycleLR(optimizer, max_lr=1.96e-4, total_steps=N")
                .contains("From 3.03e-5, the window's lower end", "base_lr=3.03e-5, max_lr=1.96e-4")
                .contains("learning_rate=1.96e-4")
                .contains("optWarmUpBeginValue(1.96e-6f)", "setBaseValue(1.96e-4f)")
                .contains("# 0.00199: there the loss is lowest")
                .contains("recommended rate, the middle.", "Advice, not measured")
                .doesNotContain("{");
    }

    @Test
    void aCycleBeginsBelowTheRecommendedRateEvenWhereTheWindowDoesNot() {
        assertThat(ScheduleLines.of(found(new Finding.Window(1e-3, 1e-2))))
                .contains("From 1.96e-5, a tenth of the recommended rate", "base_lr=1.96e-5, max_lr=1.96e-4");
    }

    private static Finding found(Finding.Window window) {
        return new Finding(
                null,
                null,
                SearchState.FOUND,
                0.7,
                window,
                1.96123456e-4,
                null,
                "the middle",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void withoutARecommendationThereAreNoLines() {
        Finding finding =
                Simulation.run(rate -> Landscape.measured(0.7)).answer().finding(null, null, null, null, null);

        assertThat(ScheduleLines.of(finding))
                .isEqualTo("# The finding recommends no learning rate, so that there are no" + " lines for one.\n");
    }
}
