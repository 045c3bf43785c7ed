package org.oathbound.operations.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.directory.embedded.EmbeddedDirectory;
import org.oathbound.directory.embedded.Snapshot;
import org.oathbound.environment.Environments;
import org.oathbound.http.Download;
import org.oathbound.problem.Problem;

/** The whole directory as LDIF, as it stood at one moment. */
@Path("/v1/environments/{env}/backup")
@ApplicationScoped
public class BackupResource {

    private static final String LDIF = "application/ldif";

    private final EmbeddedDirectory directory;
    private final Environments environments;
    private final Clock clock;

    @Inject
    public BackupResource(EmbeddedDirectory directory, Environments environments, Clock clock) {
        this.directory = directory;
        this.environments = environments;
        this.clock = clock;
    }

    /** For the default environment only: what it answers has every environment in it. */
    @GET
    @Produces(LDIF)
    @Requires(Permission.EXPORT_DIRECTORY)
    @Audited(Action.BACKUP_READ)
    public Response read(@PathParam("env") UUID env) {
        if (!environments.get(env).isDefault()) {
            throw new Problem.Forbidden("A backup has every environment in it: the default environment gives it.");
        }
        Instant now = clock.instant();
        Snapshot snapshot = directory.snapshot();
        StreamingOutput body = out -> snapshot.write(out, now);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_DISPOSITION, Download.named("oathbound", now, "ldif"))
                .build();
    }
}
