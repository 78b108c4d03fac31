package io.stepsampler.method;

import io.stepsampler.messages.Finding.Failure;
import io.stepsampler.messages.Outcome;
import io.stepsampler.method.PlannedProbe.Purpose;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which failed trials end a search. */
final class SearchFailure {

    /** More than this share of the coarse grid failed: the curve would be guesswork. */
    private static final double TOLERATED_FAILURES = 0.25;

    private SearchFailure() {}

    /** Why the search cannot go on, if so: the first of its failures, by rate. */
    static Optional<Failure> of(Settings settings, History history) {
        return failures(history, trial -> true)
                .filter(failed -> failed.code().endsSearch())
                .findFirst()
                .map(failed -> new Failure(failed.code(), failed.key(), failed.value(), failed.text()))
                .or(() -> baselineFailure(history))
                .or(() -> gridFailure(settings, history));
    }

    private static Optional<Failure> baselineFailure(History history) {
        return history.trials().stream()
                .filter(trial -> trial.serves(Purpose.BASELINE) && trial.probe().round() == 0)
                .flatMap(trial -> Stream.ofNullable(trial.outcome()))
                .flatMap(outcome -> {
                    if (outcome instanceof Outcome.Failed failed) {
                        String text = "the baseline, a trial at learning rate 0, failed: " + failed.text();
                        return Stream.of(new Failure(failed.code(), failed.key(), failed.value(), text));
                    }
                    return outcome instanceof Outcome.Diverged diverged
                            ? Stream.of(divergedBaseline(diverged))
                            : Stream.empty();
                })
                .findFirst();
    }

    private static Failure divergedBaseline(Outcome.Diverged diverged) {
        return new Failure(
                Outcome.Code.BAD_INPUT,
                null,
                null,
                "the loss is not finite at step " + diverged.step()
                        + " of the baseline, where the learning rate is 0 and"
                        + " nothing is learned; the checkpoint, the data and the loss must give finite numbers");
    }

    /** Of the whole grid, though a search may not need all of it. */
    private static Optional<Failure> gridFailure(Settings settings, History history) {
        int rates = new CoarseGrid(settings.plan()).rates().size();
        Predicate<Trial> isFailed = trial -> trial.serves(Purpose.GRID) && trial.outcome() instanceof Outcome.Failed;
        long failed = history.trials().stream()
                .filter(isFailed)
                .map(trial -> trial.probe().rate())
                .distinct()
                .count();
        if (failed <= TOLERATED_FAILURES * rates) {
            return Optional.empty();
        }
        Outcome.Failed first = failures(history, isFailed).findFirst().orElseThrow();
        String text = "trials at %d of the %d rates of the coarse grid failed, more than a quarter; the first: %s"
                .formatted(failed, rates, first.text());
        return Optional.of(new Failure(first.code(), first.key(), first.value(), text));
    }

    private static Stream<Outcome.Failed> failures(History history, Predicate<Trial> among) {
        return history.trials().stream()
                .filter(among)
                .flatMap(
                        trial -> trial.outcome() instanceof Outcome.Failed failed ? Stream.of(failed) : Stream.empty());
    }
}
