package io.stepsampler.worker.training;

import io.stepsampler.worker.input.Refusal;

/** Whether this worker runs archives of code that a team brings. */
public enum TorchScriptPolicy {
    ALLOWED,
    REFUSED;

    void requireAllowed() throws Refusal {
        if (this == REFUSED) {
            throw Refusal.policy(
                    "model.family",
                    "torchscript",
                    "this deployment does not run TorchScript archives; stepsampler.torchscript-allowed=true allows them");
        }
    }
}
