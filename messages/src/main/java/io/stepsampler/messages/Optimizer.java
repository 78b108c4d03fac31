package io.stepsampler.messages;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The update that the learning rate multiplies: {@code torch.optim}'s, with its names in camel case. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Optimizer.Sgd.class, name = "sgd"),
    @JsonSubTypes.Type(value = Optimizer.Adam.class, name = "adam"),
    @JsonSubTypes.Type(value = Optimizer.AdamW.class, name = "adamw"),
    @JsonSubTypes.Type(value = Optimizer.RmsProp.class, name = "rmsprop"),
    @JsonSubTypes.Type(value = Optimizer.Adagrad.class, name = "adagrad")
})
public sealed interface Optimizer {

    double weightDecay();

    record Sgd(double momentum, double dampening, double weightDecay, boolean nesterov) implements Optimizer {}

    record Adam(List<Double> betas, double eps, double weightDecay) implements Optimizer {

        public Adam {
            betas = List.copyOf(betas);
        }
    }

    record AdamW(List<Double> betas, double eps, double weightDecay) implements Optimizer {

        public AdamW {
            betas = List.copyOf(betas);
        }
    }

    record RmsProp(double alpha, double eps, double weightDecay, double momentum, boolean centered)
            implements Optimizer {}

    record Adagrad(double lrDecay, double weightDecay, double initialAccumulatorValue, double eps)
            implements Optimizer {}
}
