package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.Gradients;
import io.stepsampler.worker.optimizer.OptimizerState;
import io.stepsampler.worker.optimizer.ParameterGroups;
import io.stepsampler.worker.optimizer.TrainedTensors;
import io.stepsampler.worker.optimizer.Updates;
import io.stepsampler.worker.script.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves a network's parameters against their gradients, each as its group says. */
final class Descent {

    private final @Nullable Double clipNorm;
    private final TrainedTensors trained;
    private final Updates updates;

    /**
     * @param start what the optimizer remembers before the first step
     * @param manager owns what is remembered from step to step
     */
    Descent(Network network, Training training, OptimizerState start, NDManager manager) {
        clipNorm = training.clipNorm();
        ParameterGroups groups = ParameterGroups.of(training.groups(), training.optimizer());
        List<Parameter> moved = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            if (groups.of(parameter.name()).frozen()) {
                freeze(parameter);
            } else {
                moved.add(parameter);
            }
        }
        trained = TrainedTensors.of(moved, new Values(manager));
        updates = new Updates(
                training.optimizer(),
                moved,
                moved.stream().map(parameter -> groups.of(parameter.name())).toList(),
                start,
                manager);
    }

    /** @param owner of the gradients */
    Gradients gradients(NDArray loss, double share, NDManager owner) {
        return Gradients.of(loss, share, trained, owner);
    }

    /** @param owner of the gradients */
    Gradients noGradients(NDManager owner) {
        return Gradients.none(trained, owner);
    }

    void step(Gradients gradients, double learningRate) {
        updates.apply(clipNorm == null ? gradients : gradients.clipped(clipNorm), learningRate);
    }

    boolean parametersAreFinite() {
        return updates.parametersAreFinite();
    }

    private static void freeze(Parameter parameter) {
        parameter.array().setRequiresGradient(false);
        parameter.tied().forEach(tied -> tied.setRequiresGradient(false));
    }
}
