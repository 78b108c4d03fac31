package io.stepsampler.local.report;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchState;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** How far a search is, in one line. Pure, so that it can be tested without a terminal. */
record ProgressLine(Finding finding, Duration elapsed) {

    private static final int BAR_CELLS = 24;

    /** With a bar, for a line that is redrawn in place. */
    String withBar() {
        int filled = planned() == 0 ? 0 : BAR_CELLS * done() / planned();
        return "[" + "#".repeat(filled) + ".".repeat(BAR_CELLS - filled) + "] " + plain();
    }

    String plain() {
        if (finding.state() == SearchState.QUEUED) {
            return "queued, " + seconds(elapsed) + " elapsed";
        }
        StringBuilder line = new StringBuilder();
        line.append(round() == 0 ? "baseline" : "round " + round());
        line.append(", ").append(done()).append(" of ").append(planned()).append(" probes");
        bestLoss().ifPresent(loss -> line.append(String.format(Locale.ROOT, ", best loss %.4g", loss)));
        line.append(", ").append(seconds(elapsed)).append(" elapsed");
        if (done() > 0 && done() < planned()) {
            Duration left = elapsed.multipliedBy(planned() - done()).dividedBy(done());
            line.append(", about ").append(seconds(left)).append(" left for the probes planned so far");
        }
        return line.toString();
    }

    int round() {
        Finding.Progress progress = finding.progress();
        return progress == null ? 0 : progress.round();
    }

    private int done() {
        Finding.Progress progress = finding.progress();
        return progress == null ? 0 : Math.min(progress.done(), progress.planned());
    }

    private int planned() {
        Finding.Progress progress = finding.progress();
        return progress == null ? 0 : progress.planned();
    }

    private OptionalDouble bestLoss() {
        return finding.points().stream()
                .filter(point -> point.loss() != null)
                .mapToDouble(point -> point.loss() == null ? Double.POSITIVE_INFINITY : point.loss())
                .min();
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() < 100
                ? duration.toSeconds() + " s"
                : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
