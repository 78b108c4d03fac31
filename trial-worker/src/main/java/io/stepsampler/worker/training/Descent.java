package io.stepsampler.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stepsampler.messages.Training;
import io.stepsampler.worker.network.Network;
import io.stepsampler.worker.network.Parameter;
import io.stepsampler.worker.optimizer.ParameterGroups;
import io.stepsampler.worker.optimizer.ParameterGroups.Treatment;
import io.stepsampler.worker.optimizer.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves a network's parameters against their gradients, each as its group says. */
final class Descent {

    /** {@code torch.nn.utils.clip_grad_norm_} adds it to the norm. */
    private static final double CLIP_EPSILON = 1e-6;

    private final Network network;
    private final NDManager manager;
    private final @Nullable Double clipNorm;
    private final List<Treatment> treatments;
    private final Updates updates;

    Descent(Network network, Training training, NDManager manager) {
        this.network = network;
        this.manager = manager;
        clipNorm = training.clipNorm();
        ParameterGroups groups = ParameterGroups.of(training.groups(), training.optimizer());
        treatments = network.parameters().stream()
                .map(parameter -> groups.of(parameter.name()))
                .toList();
        updates = new Updates(training.optimizer(), treatments, manager);
        freeze();
    }

    /** Nothing is kept of a gradient once its step is made. */
    void step(double learningRate, NDManager owner) {
        List<Optional<NDArray>> gradients = gradients(owner);
        if (clipNorm != null) {
            clip(gradients, clipNorm, owner);
        }
        List<NDArray> parameters = network.parameters().stream()
                .map(parameter -> StepArrays.borrowed(parameter.array(), owner))
                .toList();
        updates.apply(parameters, gradients, learningRate);
        network.forgetGradients();
    }

    double gradientNorm(NDManager owner) {
        return norm(gradients(owner), owner);
    }

    /** A sum is not finite if a summand is not; large finite ones may overflow, and are then looked at one by one. */
    boolean parametersAreFinite() {
        try (NDManager owner = manager.newSubManager()) {
            NDArray total = owner.zeros(new Shape());
            for (Parameter parameter : network.parameters()) {
                total.addi(StepArrays.borrowed(parameter.array(), owner).sum());
            }
            if (Double.isFinite(StepArrays.number(total))) {
                return true;
            }
            return network.parameters().stream()
                    .allMatch(parameter -> Double.isFinite(StepArrays.number(
                            StepArrays.borrowed(parameter.array(), owner).abs().max())));
        }
    }

    private void freeze() {
        List<Parameter> parameters = network.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (treatments.get(i).frozen()) {
                Parameter parameter = parameters.get(i);
                parameter.array().setRequiresGradient(false);
                parameter.tied().forEach(tied -> tied.setRequiresGradient(false));
            }
        }
    }

    private List<Optional<NDArray>> gradients(NDManager owner) {
        List<Optional<NDArray>> gradients = new ArrayList<>();
        List<Parameter> parameters = network.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            gradients.add(treatments.get(i).frozen() ? Optional.empty() : Gradients.of(parameters.get(i), owner));
        }
        return gradients;
    }

    /** As {@code clip_grad_norm_} does: every gradient times c/(‖g‖ + 1e-6), where that is below 1. */
    private static void clip(List<Optional<NDArray>> gradients, double clipNorm, NDManager owner) {
        double factor = clipNorm / (norm(gradients, owner) + CLIP_EPSILON);
        if (factor < 1) {
            gradients.forEach(gradient -> gradient.ifPresent(values -> values.muli(factor)));
        }
    }

    private static double norm(List<Optional<NDArray>> gradients, NDManager owner) {
        NDArray squares = owner.zeros(new Shape());
        for (Optional<NDArray> gradient : gradients) {
            gradient.ifPresent(values -> squares.addi(values.square().sum()));
        }
        return Math.sqrt(StepArrays.number(squares));
    }
}
