package io.stepsampler.local.report;

import io.stepsampler.messages.Finding;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import java.util.List;
import java.util.UUID;

/** Findings to show. */
final class FindingExamples {

    private FindingExamples() {}

    static Finding found() {
        return found(new Finding.Confirmation(0.68, 20), new Finding.Cost(20, 400, 12.5, 14));
    }

    static Finding found(Finding.Confirmation confirmation, Finding.Cost cost) {
        return new Finding(
                UUID.fromString("00000000-0000-0000-0000-000000000001"),
                "ants-or-bees",
                SearchState.FOUND,
                0.702,
                new Finding.Window(1e-4, 1e-3),
                3.16227766e-4,
                confirmation,
                "the middle between the knee and the end of the valley floor, 1e-3",
                List.of(new Finding.Selection("log-midpoint", Finding.Source.TRIALS, 3.16227766e-4)),
                List.of(new Finding.PointOfInterest("knee", 1e-4, 9.5e-5, null, null)),
                new Finding.OtherReading(
                        SearchPlan.Reading.PAPER, List.of(new Finding.OtherPoint("knee", 1.1e-4, 0.0414))),
                List.of(new Finding.Warning("HORIZON_TOO_SHORT", "20 steps are few for this momentum.")),
                List.of(measured(0, 0.702), measured(1e-3, 0.666)),
                null,
                null,
                new Finding.Progress(3, 20, 20),
                cost,
                null);
    }

    static Finding running(int round, int planned, int done) {
        return new Finding(
                null,
                null,
                SearchState.RUNNING,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(measured(0, 0.702), measured(1e-3, 0.666)),
                null,
                null,
                new Finding.Progress(round, planned, done),
                null,
                null);
    }

    private static Finding.Point measured(double learningRate, double loss) {
        return new Finding.Point(learningRate, loss, Finding.Status.MEASURED, 1, 17, 20, null, null);
    }
}
