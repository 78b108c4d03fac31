package io.stepsampler.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.stepsampler.messages.Checkpoint;
import io.stepsampler.messages.FormerTrial;
import io.stepsampler.messages.Loss;
import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Probe;
import io.stepsampler.messages.Search;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.SearchState;
import io.stepsampler.messages.Training;
import io.stepsampler.messages.TrialEvent.Conditions;
import io.stepsampler.messages.TrialReference;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbeMessagesTest {

    private static final UUID ID = new UUID(1, 2);

    private static final Search SEARCH = new Search(
            ID,
            "vision",
            1,
            SearchState.RUNNING,
            new SearchSpecification(
                    null,
                    new Model.Replay(new Checkpoint.Stored("/curve.csv"), new Model.Replay.Options(0)),
                    null,
                    Training.plain(Loss.CrossEntropy.plain(), new Optimizer.Sgd(0, 0, 0, false), 16, 20, 17),
                    Simulation.PLAN,
                    "default"));

    @Test
    void aProbeWithFormerTrialsAsksForTheSame() {
        Probe probe = probe();
        FormerTrial former = former(20);

        Probe knowing = ProbeMessages.knowing(probe, List.of(former));

        assertThat(knowing.formerTrials()).containsExactly(former);
        assertThat(ProbeMessages.knowing(knowing, List.of())).isEqualTo(probe);
    }

    @Test
    void aMessageHoldsTheStepLossesOfOneOfTheLongestTrials() {
        FormerTrial newest = former(12_000);
        FormerTrial tooMuch = former(8_001);
        FormerTrial longest = former(20_000);

        assertThat(ProbeMessages.knowing(probe(), List.of(newest, tooMuch)).formerTrials())
                .containsExactly(newest);
        assertThat(ProbeMessages.knowing(probe(), List.of(longest)).formerTrials())
                .containsExactly(longest);
    }

    private static Probe probe() {
        return ProbeMessages.firstIssue(SEARCH, StepSampling.baseline(Settings.of(SEARCH.specification())), List.of());
    }

    private static FormerTrial former(int steps) {
        return new FormerTrial(
                new TrialReference(ID, ID),
                new Conditions("cpu", 1, Map.of(), "checkpoint", null, null, List.of()),
                steps % 2 == 0
                        ? new Outcome.Measured(0.5, Collections.nCopies(steps, 0.7))
                        : new Outcome.Diverged(steps + 1, Collections.nCopies(steps, 0.7)));
    }
}
