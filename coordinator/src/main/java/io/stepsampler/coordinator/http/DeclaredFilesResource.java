package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.teams.DeclaredFiles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Whether the files that declare teams, pools, templates and triggers are taken as they are. */
@Path("/api/v1/declared-files")
@Blocking
@RolesAllowed(Role.PLATFORM_ADMIN_NAME)
public class DeclaredFilesResource {

    private final DeclaredFiles files;

    DeclaredFilesResource(DeclaredFiles files) {
        this.files = files;
    }

    @GET
    public Response show() {
        return Answers.json(files.report());
    }
}
