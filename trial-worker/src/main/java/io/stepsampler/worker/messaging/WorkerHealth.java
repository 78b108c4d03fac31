package io.stepsampler.worker.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Ready while it takes probes; alive while its loop runs, also when Kafka is away. */
@ApplicationScoped
class WorkerHealth {

    private final Worker worker;

    WorkerHealth(Worker worker) {
        this.worker = worker;
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> HealthCheckResponse.named("probe queue joined")
                .status(worker.hasJoined())
                .build();
    }

    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.named("probe loop running")
                .status(worker.isAlive())
                .build();
    }
}
