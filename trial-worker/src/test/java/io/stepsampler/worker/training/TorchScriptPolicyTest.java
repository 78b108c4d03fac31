package io.stepsampler.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stepsampler.messages.Outcome.Code;
import io.stepsampler.messages.Outcome.Failed;
import io.stepsampler.worker.input.Refusal;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TorchScriptPolicyTest {

    @Test
    void everyTeamMayWhereAllMay() {
        assertThatCode(() -> TorchScriptPolicy.ALLOWED.requireAllowed("text")).doesNotThrowAnyException();
    }

    @Test
    void onlyListedTeamsMayWhereTheyAreListed() {
        TorchScriptPolicy vision = new TorchScriptPolicy(false, Set.of("vision"));
        assertThatCode(() -> vision.requireAllowed("vision")).doesNotThrowAnyException();
        assertRefused(vision);
    }

    @Test
    void noTeamMayUnlessItIsAllowed() {
        assertRefused(TorchScriptPolicy.REFUSED);
    }

    private static void assertRefused(TorchScriptPolicy policy) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> policy.requireAllowed("text"));
        assertThat(refusal.outcome())
                .isEqualTo(new Failed(
                        Code.POLICY,
                        "model.family",
                        "torchscript",
                        "model.family is torchscript: this deployment does not run TorchScript archives of team text;"
                                + " stepsampler.torchscript-teams=text or stepsampler.torchscript-allowed=true allows"
                                + " them"));
    }
}
