package io.stepsampler.coordinator.teams;

import jakarta.enterprise.inject.spi.CDI;

/** Looks at the declared files without waiting for the next second. */
public final class DeclaredLooks {

    private DeclaredLooks() {}

    /** Twice: what has changed is taken when it is found the same again. */
    public static void take() {
        KnownDeployment deployment = CDI.current().select(KnownDeployment.class).get();
        deployment.look();
        deployment.look();
    }
}
