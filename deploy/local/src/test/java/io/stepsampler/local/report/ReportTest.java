package io.stepsampler.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Finding;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    @ParameterizedTest
    @CsvSource({
        "0.001, 0.001",
        "0.000316227766, 3.16227766e-4",
        "1e-7, 1e-7",
        "10, 10",
        "0, 0",
        "123456, 1.23456e5",
        "0.0123, 0.0123",
    })
    void aLearningRateKeepsItsDigits(double rate, String text) {
        assertThat(LearningRateText.of(rate)).isEqualTo(text);
        assertThat(Double.parseDouble(text)).isEqualTo(rate);
    }

    @Test
    void theLastLineOfTheSummaryIsTheRecommendation() {
        String summary = SummaryText.of(FindingExamples.found());
        assertThat(summary).endsWith("recommended learning rate: 3.16227766e-4\n");
        assertThat(summary.lines())
                .anyMatch(line -> line.matches("window +1e-4 to 0.001"))
                .anyMatch(line -> line.matches(" +knee +1e-4 +9.5e-5 .. not probed"))
                .anyMatch(line -> line.matches("warning +20 steps are few for this momentum. \\[HORIZON_TOO_SHORT\\]"))
                .anyMatch(line -> line.matches("confirmed +loss 0.680000 after 20 steps at that rate"));
    }

    @Test
    void oneOfAThingIsNotMany() {
        String summary = SummaryText.of(
                FindingExamples.found(new Finding.Confirmation(0.68, 1), new Finding.Cost(1, 1, 0.5, 1)));
        assertThat(summary.lines())
                .anyMatch(line -> line.matches("cost +1 probe, 1 training step, 0.5 s of training, 1.0 s in all"))
                .anyMatch(line -> line.matches("confirmed +loss 0.680000 after 1 step at that rate"));
    }

    @Test
    void probesThatWereTakenOverAreCounted() {
        Finding.Confirmation confirmation = new Finding.Confirmation(0.68, 20);
        assertThat(SummaryText.of(FindingExamples.found(confirmation, new Finding.Cost(27, 160, 4, 5, 19)))
                        .lines())
                .anyMatch(line -> line.matches(
                        "cost +27 probes, 160 training steps, 4.0 s of training and reading, 5.0 s in all"))
                .anyMatch(line -> line.matches("taken over +19 of 27 probes: measured before by your team, with"
                        + " everything the same, and not trained again"));
        assertThat(SummaryText.of(FindingExamples.found())).doesNotContain("taken over");
    }

    @Test
    void stepsThatACurveDoesNotTellAreNotSaid() {
        Finding finding = FindingExamples.found(new Finding.Confirmation(0.68, 0), new Finding.Cost(0, 0, 0, 0));
        assertThat(SummaryText.of(finding).lines())
                .anyMatch(line -> line.matches("confirmed +loss 0.680000 at that rate"));
    }

    @Test
    void progressSaysRoundProbesBestLossAndTime() {
        ProgressLine line = new ProgressLine(FindingExamples.running(1, 18, 6), Duration.ofSeconds(30));
        assertThat(line.plain())
                .isEqualTo("round 1, 6 of 18 probes, best loss 0.6660, 30 s elapsed, "
                        + "about 60 s left for the probes planned so far");
        assertThat(line.withBar()).startsWith("[########................] round 1");
    }

    @Test
    void withoutATerminalARoundIsSaidOnce() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressDisplay display = new ProgressDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        display.show(FindingExamples.running(0, 1, 0), Duration.ofSeconds(1));
        display.show(FindingExamples.running(1, 18, 1), Duration.ofSeconds(2));
        display.show(FindingExamples.running(1, 18, 2), Duration.ofSeconds(3));
        display.end();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    @Test
    void onATerminalTheLineIsRedrawnInPlace() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressDisplay display = new ProgressDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        display.show(FindingExamples.running(1, 18, 1), Duration.ofSeconds(2));
        display.show(FindingExamples.running(1, 18, 2), Duration.ofSeconds(3));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("\n").contains("2 of 18 probes");
    }
}
