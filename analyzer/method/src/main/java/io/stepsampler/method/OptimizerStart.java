package io.stepsampler.method;

import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Series;

/** What the optimizer of every trial remembers when the trial begins. */
public enum OptimizerStart {
    /** Nothing, and nothing is missing. */
    FRESH,
    /** What it remembered at the checkpoint. */
    RESTORED,
    /** Nothing, though the training that published the checkpoint remembers something. */
    FORGOTTEN;

    static OptimizerStart of(SearchSpecification specification) {
        if (specification.model().optimizerState() != null) {
            return RESTORED;
        }
        Series series = specification.series();
        boolean isLater = series != null && series.step() > 0;
        return isLater
                        && remembers(specification.training().optimizer())
                        && !(specification.model() instanceof Model.Replay)
                ? FORGOTTEN
                : FRESH;
    }

    private static boolean remembers(Optimizer optimizer) {
        return !(optimizer instanceof Optimizer.Sgd sgd) || sgd.momentum() > 0;
    }
}
