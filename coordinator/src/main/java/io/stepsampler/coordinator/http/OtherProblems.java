package io.stepsampler.coordinator.http;

import io.stepsampler.delivery.Patience;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths and methods that do not exist, a database that is away, and what is a bug. */
class OtherProblems {

    private static final Duration UNTIL_IT_IS_BACK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(OtherProblems.class);

    @ServerExceptionMapper
    Response ofFramework(WebApplicationException refused) {
        Response response = refused.getResponse();
        boolean isProblem = response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode();
        return response.hasEntity() || !isProblem
                ? response
                : Problem.ofStatus(response.getStatusInfo()).response();
    }

    @ServerExceptionMapper
    Response ofFailure(RuntimeException failure) {
        if (Patience.isAway(failure)) {
            LOG.warn("a request cannot be answered now: {}", failure.toString());
            return Problem.unavailable("the database cannot be reached now; try again later")
                    .response(UNTIL_IT_IS_BACK);
        }
        LOG.error("a request cannot be answered", failure);
        return Problem.ofStatus(Response.Status.INTERNAL_SERVER_ERROR).response();
    }
}
