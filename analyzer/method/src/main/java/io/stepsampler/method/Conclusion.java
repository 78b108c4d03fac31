package io.stepsampler.method;

import io.stepsampler.messages.Finding.Confirmation;
import io.stepsampler.messages.Finding.Failure;
import io.stepsampler.messages.Finding.Selection;
import io.stepsampler.messages.Finding.Sweep;
import io.stepsampler.messages.Finding.Warning;
import io.stepsampler.messages.SearchPlan;
import io.stepsampler.messages.SearchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the trials of a search say, put into an answer. */
record Conclusion(
        Settings settings, History history, @Nullable Refinement known) {

    static Conclusion of(Settings settings, History history) {
        SearchPlan plan = settings.plan();
        Refinement known =
                history.curve().map(curve -> Refinement.of(plan, curve)).orElse(null);
        return new Conclusion(settings, history, known);
    }

    Refinement refinement() {
        if (known == null) {
            throw new IllegalStateException("refinement before the baseline was measured");
        }
        return known;
    }

    Optional<Horizon> horizon() {
        return Optional.ofNullable(known).flatMap(refinement -> Horizon.of(settings, history, refinement));
    }

    /** An answer that recommends nothing. */
    Answer answer(SearchState state) {
        List<Warning> warnings = warnings(state);
        return answer(state, null, null, warnings);
    }

    Answer answer(Recommendation recommendation) {
        if (recommendation instanceof Recommendation.Confirmed confirmed) {
            SearchState state = refinement().isComplete() ? SearchState.FOUND : SearchState.BUDGET_SPENT;
            List<Warning> warnings = new ArrayList<>(warnings(state));
            warnings.addAll(confirmed.warnings());
            Confirmation confirmation = new Confirmation(confirmed.loss(), history.steps());
            return answer(state, confirmed.advice(), confirmation, warnings);
        }
        List<Warning> warnings = new ArrayList<>(warnings(SearchState.UNRELIABLE));
        warnings.addAll(recommendation.warnings());
        return answer(SearchState.UNRELIABLE, null, null, warnings);
    }

    /**
     * What the trials say if no further one may be asked for, whatever the budget was.
     *
     * @param method whose rate is recommended; absent for our own, and the paper's where that one does not hold
     */
    Answer reread(@Nullable String method) {
        if (known == null) {
            return answer(SearchState.UNRELIABLE, null, null, List.of(CurveWarnings.noCurve(0)));
        }
        List<Advice> advised = advised(method);
        Recommendation recommendation = Recommendation.of(known.curve(), advised, history.outcomes(), 1);
        SearchState state = SearchState.BUDGET_SPENT;
        if (recommendation instanceof Recommendation.None
                || (!known.isComplete() && known.wanted().isEmpty())) {
            state = SearchState.UNRELIABLE;
        } else if (known.isComplete()) {
            state = SearchState.FOUND;
        }
        List<Warning> warnings = new ArrayList<>(doubts(state));
        warnings.addAll(recommendation.warnings());
        if (method != null && advised.isEmpty() && known.estimate().showsLearning()) {
            warnings.add(CurveWarnings.noRate(method));
        }
        if (state == SearchState.BUDGET_SPENT) {
            warnings.add(Warnings.tooCoarse(known));
        }
        if (state != SearchState.UNRELIABLE && recommendation instanceof Recommendation.Confirmed confirmed) {
            Confirmation confirmation = new Confirmation(confirmed.loss(), history.steps());
            return answer(state, confirmed.advice(), confirmation, warnings);
        }
        if (state != SearchState.UNRELIABLE && recommendation instanceof Recommendation.Unmeasured unmeasured) {
            return answer(state, unmeasured.advice(), null, warnings);
        }
        return answer(state, null, null, warnings);
    }

    private List<Advice> advised(@Nullable String method) {
        List<Advice> own = Advice.of(refinement().points(), horizon().map(Horizon::middle));
        return method == null || own.isEmpty() ? own : Advice.of(new Selections(refinement()), method);
    }

    private Answer answer(
            SearchState state, @Nullable Advice advice, @Nullable Confirmation confirmation, List<Warning> warnings) {
        Optional<Selections> selections = Optional.ofNullable(known).map(refinement -> new Selections(refinement));
        Optional<Sweep> sweep = SweepLosses.of(history, settings.plan());
        List<Selection> all = new ArrayList<>(selections.map(Selections::all).orElse(List.of()));
        sweep.map(SweepSelections::of).ifPresent(all::addAll);
        Optional<Failure> failure =
                state == SearchState.FAILED ? SearchFailure.of(settings, history) : Optional.empty();
        return new Answer(
                state,
                history.baselineLoss().orElse(null),
                selections.map(Selections::window).orElse(null),
                advice == null ? null : (Double) advice.rate().value(),
                confirmation,
                advice == null ? null : advice.method(),
                all,
                selections.map(Selections::pointsOfInterest).orElse(List.of()),
                selections.map(Selections::otherReading).orElse(null),
                warnings,
                history.points(),
                sweep.orElse(null),
                failure.orElse(null));
    }

    private List<Warning> warnings(SearchState state) {
        List<Warning> warnings = new ArrayList<>(doubts(state));
        boolean isOver = state.isFinal() && state != SearchState.FAILED;
        if (known != null
                && isOver
                && (state == SearchState.BUDGET_SPENT
                        || (state != SearchState.FOUND && !known.wanted().isEmpty()))) {
            warnings.add(Warnings.budgetSpent(settings, known));
        }
        return warnings;
    }

    /** All that is to be doubted but for what the budget left open. */
    private List<Warning> doubts(SearchState state) {
        List<Warning> warnings = new ArrayList<>();
        Optional<Horizon> horizon = horizon();
        int longest = horizon.map(Horizon::steps).orElse(settings.steps());
        Warnings.horizon(settings.memory(), longest).ifPresent(warnings::add);
        Warnings.freshOptimizer(settings.start()).ifPresent(warnings::add);
        horizon.filter(known ->
                        state.isFinal() && !known.isSettled(settings.plan().thresholdDecades()))
                .map(known -> Warnings.answerMoves(known.steps(), known.movedDecades()))
                .ifPresent(warnings::add);
        horizon.filter(known -> state.isFinal() && !settings.lengthen())
                .flatMap(known -> Halfway.of(history)
                        .warning(known.middle(), settings.plan().thresholdDecades()))
                .ifPresent(warnings::add);
        if (!history.missing().isEmpty()) {
            warnings.add(Warnings.pointMissing(history.missing()));
        }
        if (state.isFinal() && history.hasNoVariation()) {
            warnings.add(Warnings.noVariation(history.seeds().size()));
        }
        if (known != null && state.isFinal() && state != SearchState.FAILED) {
            warnings.addAll(CurveWarnings.of(known));
        }
        return warnings;
    }
}
