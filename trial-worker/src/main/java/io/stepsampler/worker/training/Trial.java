package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Network.Mode;
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
        descent = new Descent(network, search.training(), manager);
    }

    /** Empty when it was told to stop. */
    Optional<Outcome> run(int steps, Cancellation cancellation) {
        for (int step = 1; step <= steps; step++) {
            if (cancellation.isRequested()) {
                return Optional.empty();
            }
            double loss = train(step);
            if (divergence.isSeenIn(stepLosses, loss) || !descent.parametersAreFinite()) {
                return Optional.of(new Diverged(stepLosses.size() + 1, stepLosses));
            }
            stepLosses.add(loss);
        }
        double validationLoss = evaluate(search.validationBatches());
        return Optional.of(
                Double.isFinite(validationLoss)
                        ? new Measured(validationLoss, stepLosses)
                        : new Diverged(stepLosses.size(), stepLosses.subList(0, stepLosses.size() - 1)));
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
                Batch borrowed = borrowed(batch, owner);
                double weight = search.loss().weight(borrowed);
                total += number(loss(borrowed, Mode.EVALUATION)) * weight;
                weights += weight;
            }
        }
        return total / weights;
    }

    /** One step; returns the loss before it. */
    private double train(int step) {
        try (NDManager owner = manager.newSubManager()) {
            Batch batch = borrowed(search.trainingBatches().at(step, owner), owner);
            double loss = 0;
            List<MicroBatches.Part> parts = MicroBatches.of(batch, search.training(), search.loss());
            for (MicroBatches.Part part : parts) {
                loss += backward(part, owner) * part.share();
            }
            watch.stepped(step, loss, () -> descent.gradientNorm(owner));
            descent.step(rates.at(step), owner);
            return loss;
        }
    }

    private double backward(MicroBatches.Part part, NDManager owner) {
        return Gradients.recorded(() -> {
            NDArray loss = loss(part.batch(), Mode.TRAINING);
            Gradients.backward(loss, part.share(), owner);
            return number(loss);
        });
    }

    private NDArray loss(Batch batch, Mode mode) {
        return search.loss().mean(network.forward(batch.inputs(), mode), batch);
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    /** The same storage, owned by the step, so that what is computed from it goes with the step. */
    private static Batch borrowed(Batch batch, NDManager owner) {
        NDList inputs = new NDList();
        batch.inputs().forEach(input -> {
            NDArray borrowed = borrowed(input, owner);
            borrowed.setName(input.getName());
            inputs.add(borrowed);
        });
        NDArray targets = batch.targets();
        return new Batch(inputs, targets == null ? null : borrowed(targets, owner), batch.rows());
    }

    private static NDArray borrowed(NDArray array, NDManager owner) {
        NDArray borrowed = array.stopGradient();
        borrowed.attach(owner);
        return borrowed;
    }
}
