package io.stepsampler.analyzer;

import io.stepsampler.messages.Finding;
import io.stepsampler.method.Answer;
import io.stepsampler.method.Decision;
import io.stepsampler.method.StepSampling;
import io.stepsampler.method.Trial;
import java.util.ArrayList;
import java.util.List;

/** Answers of the method, to be compared. */
final class MethodAnswers {

    private MethodAnswers() {}

    /** What of a finding follows from the outcomes. */
    static Answer in(Finding finding) {
        return new Answer(
                finding.state(),
                finding.baselineLoss(),
                finding.window(),
                finding.recommendedLearningRate(),
                finding.confirmed(),
                finding.reason(),
                finding.selections(),
                finding.pointsOfInterest(),
                finding.otherReading(),
                finding.warnings(),
                finding.points(),
                finding.sweep(),
                finding.failure());
    }

    /** What the method says without any service. */
    static Answer alone(PlayedSearch played) {
        List<Trial> trials = new ArrayList<>();
        while (true) {
            Decision decision = StepSampling.decide(played.settings(), trials);
            if (decision instanceof Decision.Finish finish) {
                return finish.answer();
            }
            ((Decision.Ask) decision)
                    .probes()
                    .forEach(probe -> trials.add(new Trial(probe, PlayedSearch.outcome(probe.learningRate()))));
        }
    }
}
