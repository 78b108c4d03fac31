package io.stepsampler.coordinator.http;

import io.smallrye.common.annotation.Blocking;
import io.stepsampler.coordinator.identity.Role;
import io.stepsampler.coordinator.teams.DeclaredFiles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Whether the files that declare teams, pools, templates and triggers are taken as they are. */
@Path("/api/v1/declared-files")
@Blocking
@RolesAllowed(Role.PLATFORM_ADMIN_NAME)
public class DeclaredFilesResource {

    private final DeclaredFiles files;

    DeclaredFilesResource(DeclaredFiles files) {
        this.files = files;
    }

    /** As it is answered. {@code faults}: sentences; while there are any, what was declared before holds. */
    record Answer(List<String> faults) {

        Answer {
            faults = List.copyOf(faults);
        }
    }

    @GET
    public Response show() {
        return Answers.json(new Answer(files.faults()));
    }
}
