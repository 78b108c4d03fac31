package io.stepsampler.coordinator.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths and methods that do not exist, and what is a bug. */
class OtherProblems {

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
    Response ofBug(RuntimeException bug) {
        LOG.error("a request cannot be answered", bug);
        return Problem.ofStatus(Response.Status.INTERNAL_SERVER_ERROR).response();
    }
}
