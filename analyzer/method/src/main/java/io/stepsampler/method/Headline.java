package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import java.util.Objects;

/** A finding in one line. */
final class Headline {

    private static final int LONGEST_TITLE = 70;
    private static final int LONGEST_SUMMARY = 118;

    private Headline() {}

    static String title(Finding finding) {
        String name = Objects.requireNonNullElse(finding.name(), "");
        return shortened(name.isBlank() ? "Loss by learning rate" : name, LONGEST_TITLE);
    }

    static String summary(Finding finding) {
        return shortened(sentence(finding), LONGEST_SUMMARY);
    }

    static String lossAxis(Finding finding) {
        return finding.points().stream()
                .mapToInt(Point::steps)
                .filter(steps -> steps > 0)
                .boxed()
                .findFirst()
                .map(steps -> "loss after " + steps + (steps == 1 ? " step" : " steps"))
                .orElse("loss");
    }

    private static String sentence(Finding finding) {
        Finding.Failure failure = finding.failure();
        if (failure != null) {
            return "failed: " + failure.text();
        }
        Double recommended = finding.recommendedLearningRate();
        Finding.Window window = finding.window();
        String probes = finding.points().size() + (finding.points().size() == 1 ? " trial" : " trials");
        if (recommended != null) {
            return "recommended learning rate " + Numbers.rate(recommended)
                    + (window == null
                            ? ""
                            : "  \u00b7  window " + Numbers.rate(window.minLearningRate()) + " to "
                                    + Numbers.rate(window.maxLearningRate()))
                    + "  \u00b7  " + probes;
        }
        return switch (finding.state()) {
            case UNRELIABLE ->
                "no reliable answer"
                        + (finding.warnings().isEmpty()
                                ? ""
                                : ": "
                                        + finding.warnings()
                                                .get(finding.warnings().size() - 1)
                                                .text());
            case CANCELLED -> "cancelled after " + probes;
            default -> probes + " so far";
        };
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "\u2026";
    }
}
