package io.stepsampler.method;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.Finding.Point;
import io.stepsampler.messages.Finding.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A finding in words, for a picture. */
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

    /** The marks that need a word, of those that the picture has. */
    static String legend(Finding finding, PictureScale scale) {
        List<String> marks = new ArrayList<>();
        if (finding.points().stream().anyMatch(point -> point.outcome() == Status.DIVERGED)) {
            marks.add("\u00d7 diverged");
        }
        if (finding.points().stream().map(Point::loss).anyMatch(loss -> loss != null && !scale.shows(loss))) {
            marks.add("\u25b2 loss off the scale");
        }
        if (finding.points().stream().anyMatch(point -> point.learningRate() > 0 && point.outcome() == Status.FAILED)) {
            marks.add("\u25cb failed");
        }
        return String.join("  \u00b7  ", marks);
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
