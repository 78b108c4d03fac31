package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Network.Mode;
import io.stepsampler.worker.optimizer.Gradients;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trains a fresh network on a search's batches at one rate, then evaluates it. */
final class Trial {

    private final PreparedSearch search;
    private final NDManager manager;
    private final Network network;
    private final Descent descent;
    private final RateSchedule rates;
    private final Divergence divergence;
    private final StepWatch watch;
    private final List<Double> stepLosses = new ArrayList<>();

    /** @param manager owns all that the trial makes, and is closed after it */
    Trial(PreparedSearch search, RateSchedule rates, Divergence divergence, StepWatch watch, NDManager manager) {
        this.search = search;
        this.manager = manager;
        this.rates = rates;
        this.divergence = divergence;
        this.watch = watch;
        network = search.checkpoint().fresh(manager);
        descent = new Descent(network, search.training(), search.optimizerState(), manager);
    }

    /** Empty when it was told to stop. */
    Optional<Outcome> run(int steps, Cancellation cancellation) {
        for (int step = 1; step <= steps; step++) {
            if (cancellation.isRequested()) {
                return Optional.empty();
            }
            Optional<Outcome> diverged = train(step);
            if (diverged.isPresent()) {
                return diverged;
            }
        }
        double validationLoss = evaluate(search.validationBatches());
        return Optional.of(
                Double.isFinite(validationLoss) && descent.parametersAreFinite()
                        ? new Measured(validationLoss, stepLosses)
                        : diverged(stepLosses.size()));
    }

    int stepsTaken() {
        return stepLosses.size();
    }

    /** The mean loss over the examples, or over the labels that are not ignored, in evaluation mode. */
    double evaluate(List<Batch> batches) {
        double total = 0;
        double weights = 0;
        for (Batch batch : batches) {
            try (NDManager owner = manager.newSubManager()) {
                Batch borrowed = StepArrays.borrowed(batch, owner);
                double weight = search.loss().weight(borrowed);
                total += StepArrays.number(loss(borrowed, Mode.EVALUATION)) * weight;
                weights += weight;
            }
        }
        return total / weights;
    }

    /**
     * One step, unless its loss has run away. A look at every parameter after every step would cost a twentieth of it: the
     * next loss shows what is wrong with them, and then it was the step before.
     */
    private Optional<Outcome> train(int step) {
        try (NDManager owner = manager.newSubManager()) {
            Batch batch = StepArrays.borrowed(search.trainingBatches().at(step, owner), owner);
            BackwardPass pass = backward(MicroBatches.of(batch, search.training(), search.loss()), owner);
            if (divergence.isSeenIn(stepLosses, pass.loss())) {
                return Optional.of(diverged(step > 1 && !descent.parametersAreFinite() ? step - 1 : step));
            }
            stepLosses.add(pass.loss());
            watch.stepped(step, pass.loss(), pass.gradients()::norm);
            descent.step(pass.gradients(), rates.at(step));
            return Optional.empty();
        }
    }

    /** What one part has taken is given back before the next begins: that is what parts are for. */
    private BackwardPass backward(List<MicroBatches.Part> parts, NDManager owner) {
        if (parts.size() == 1) {
            return backward(parts.get(0), owner);
        }
        double loss = 0;
        Gradients gradients = descent.noGradients(owner);
        for (MicroBatches.Part part : parts) {
            try (NDManager partOwner = owner.newSubManager()) {
                Batch borrowed = StepArrays.borrowed(part.batch(), partOwner);
                BackwardPass pass = backward(new MicroBatches.Part(borrowed, part.share()), partOwner);
                loss += pass.loss();
                gradients.add(pass.gradients());
            }
        }
        return new BackwardPass(loss, gradients);
    }

    /** The loss is read last: until then the device has not been waited for. */
    private BackwardPass backward(MicroBatches.Part part, NDManager owner) {
        NDArray loss = Gradients.recorded(() -> loss(part.batch(), Mode.TRAINING));
        Gradients gradients = descent.gradients(loss, part.share(), owner);
        return new BackwardPass(StepArrays.number(loss) * part.share(), gradients);
    }

    private Diverged diverged(int step) {
        return new Diverged(step, stepLosses.subList(0, step - 1));
    }

    private NDArray loss(Batch batch, Mode mode) {
        return search.loss().mean(network.forward(batch.inputs(), mode), batch);
    }
}
