package io.stepsampler.method;

import io.stepsampler.messages.Model;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.SearchSpecification;
import io.stepsampler.messages.Series;
import org.jspecify.annotations.Nullable;

/** What the optimizer of every trial remembers when the trial begins. */
public sealed interface OptimizerStart {

    /** Nothing, and nothing is missing. */
    record Fresh() implements OptimizerStart {}

    /**
     * What it remembered at the checkpoint.
     *
     * @param steps that it had taken by then; absent where nobody says it, and then they were many
     */
    record Restored(@Nullable Long steps) implements OptimizerStart {

        /** What a fresh optimizer's memory has become. */
        Memory remembered(Memory fresh) {
            return steps == null ? fresh.filled() : fresh.after(steps);
        }
    }

    /** Nothing, though the training that published the checkpoint remembers something. */
    record Forgotten() implements OptimizerStart {}

    static OptimizerStart of(SearchSpecification specification) {
        Series series = specification.series();
        if (specification.model().optimizerState() != null) {
            return new Restored(series == null ? null : (Long) series.step());
        }
        boolean isLater = series != null && series.step() > 0;
        return isLater
                        && remembers(specification.training().optimizer())
                        && !(specification.model() instanceof Model.Replay)
                ? new Forgotten()
                : new Fresh();
    }

    private static boolean remembers(Optimizer optimizer) {
        return !(optimizer instanceof Optimizer.Sgd sgd) || sgd.momentum() > 0;
    }
}
