package io.stepsampler.worker.training;

import io.stepsampler.messages.ProbeKind;
import io.stepsampler.messages.ProbeKind.ConstantRate;
import io.stepsampler.messages.ProbeKind.Sweep;
import io.stepsampler.method.SweepRates;
import io.stepsampler.worker.input.Refusal;

/** The learning rate of each step, counted from 1. */
interface RateSchedule {

    double at(int step);

    static RateSchedule constant(double learningRate, int warmupSteps) {
        return step -> learningRate * Math.min(1, step / (double) Math.max(1, warmupSteps));
    }

    /** @param warmupSteps over which a constant rate rises in equal parts; a sweep rises anyway */
    static RateSchedule of(ProbeKind kind, int steps, int warmupSteps) throws Refusal {
        if (kind instanceof ConstantRate constant) {
            return constant(constant.learningRate(), warmupSteps);
        }
        if (kind instanceof Sweep sweep) {
            return step -> SweepRates.at(sweep, step, steps);
        }
        throw Refusal.unsupported(
                "probe kind", kind.getClass().getSimpleName(), "this worker runs constant rates and sweeps only");
    }
}
