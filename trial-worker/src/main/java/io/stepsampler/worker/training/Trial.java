package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.stepsampler.messages.Optimizer;
import io.stepsampler.messages.Outcome;
import io.stepsampler.messages.Outcome.Diverged;
import io.stepsampler.messages.Outcome.Measured;
import io.stepsampler.worker.data.Batch;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Network.Mode;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterUpdate;
import io.stepsampler.worker.optimizer.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Trains a fresh network on a search's batches at one rate, then evaluates it. */
final class Trial {

    private final PreparedSearch search;
    private final NDManager manager;
    private final Network network;
    private final List<ParameterUpdate> updates;
    private final Divergence divergence;
    private final List<Double> stepLosses = new ArrayList<>();

    /** @param manager owns all that the trial makes, and is closed after it */
    Trial(PreparedSearch search, Optimizer optimizer, double learningRate, Divergence divergence, NDManager manager) {
        this.search = search;
        this.manager = manager;
        this.divergence = divergence;
        network = search.checkpoint().fresh(manager);
        updates = network.parameters().stream()
                .map(parameter -> Updates.create(optimizer, learningRate, manager))
                .toList();
    }

    /** Empty when it was told to stop. */
    Optional<Outcome> run(Cancellation cancellation) {
        for (Batch batch : search.trainingBatches()) {
            if (cancellation.isRequested()) {
                return Optional.empty();
            }
            double loss = train(batch);
            if (divergence.isSeenIn(stepLosses, loss) || !parametersAreFinite()) {
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

    /** The mean loss over the examples, in evaluation mode. */
    double evaluate(List<Batch> batches) {
        double total = 0;
        long rows = 0;
        for (Batch batch : batches) {
            try (NDManager step = manager.newSubManager()) {
                total += number(loss(batch, Mode.EVALUATION, step)) * batch.rows();
                rows += batch.rows();
            }
        }
        return total / rows;
    }

    /** One step; returns the loss before it. */
    private double train(Batch batch) {
        try (NDManager step = manager.newSubManager()) {
            double loss = withGradients(batch, step);
            List<Parameter> parameters = network.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                PtNDArray parameter = (PtNDArray) parameters.get(i).array();
                NDArray gradient = JniUtils.getGradient(parameter);
                if (gradient != null) {
                    gradient.attach(step);
                    updates.get(i).apply(borrowed(parameter, step), gradient);
                    JniUtils.zeroGrad(parameter);
                }
            }
            return loss;
        }
    }

    private double withGradients(Batch batch, NDManager step) {
        JniUtils.setGradMode(true);
        try {
            NDArray loss = loss(batch, Mode.TRAINING, step);
            JniUtils.backward((PtNDArray) loss, (PtNDArray) step.ones(loss.getShape()), false, false);
            return number(loss);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    private NDArray loss(Batch batch, Mode mode, NDManager step) {
        NDList inputs = new NDList(
                batch.inputs().stream().map(input -> borrowed(input, step)).toList());
        NDArray outputs = network.forward(inputs, mode);
        return search.loss().mean(outputs, borrowed(Objects.requireNonNull(batch.targets()), step));
    }

    /** A sum is not finite if a summand is not; large finite ones may overflow, and are then looked at one by one. */
    private boolean parametersAreFinite() {
        try (NDManager step = manager.newSubManager()) {
            for (Parameter parameter : network.parameters()) {
                NDArray values = borrowed(parameter.array(), step);
                if (!Double.isFinite(number(values.sum()))
                        && !Double.isFinite(number(values.abs().max()))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    /** The same storage, owned by the step, so that what is computed from it goes with the step. */
    private static NDArray borrowed(NDArray array, NDManager step) {
        NDArray borrowed = array.stopGradient();
        borrowed.attach(step);
        return borrowed;
    }
}
