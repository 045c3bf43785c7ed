package org.oathbound.report.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.Download;
import org.oathbound.http.JsonBody;
import org.oathbound.report.control.Exports;

/** All tokens of an environment with their secrets, as a PSKC file that a key or a password opens. */
@Path("/v1/environments/{env}/export")
@ApplicationScoped
public class ExportResource {

    private static final Logger LOG = System.getLogger(ExportResource.class.getName());
    private static final String PSKC = "application/pskc+xml";

    private final Environments environments;
    private final Exports exports;
    private final Clock clock;

    @Inject
    public ExportResource(Environments environments, Exports exports, Clock clock) {
        this.environments = environments;
        this.exports = exports;
        this.clock = clock;
    }

    /** The file has an end only if it is whole. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(PSKC)
    @Requires(Permission.EXPORT_SECRETS)
    @Audited(Action.SECRETS_EXPORT)
    public Response export(@PathParam("env") UUID env, @Context SecurityContext security, InputStream body) {
        Environment environment = environments.get(env);
        ExportDocument wanted = ExportDocument.read(JsonBody.read(body));
        Principal caller = security.getUserPrincipal();
        Instant now = clock.instant();
        StreamingOutput file = out -> write(environment, wanted, now, out, application(caller));
        return Response.ok(file)
                .header(HttpHeaders.CONTENT_DISPOSITION, Download.named("tokens", now, "pskc.xml"))
                .build();
    }

    /** The application only: the person who called with it is in the audit. */
    private static String application(@Nullable Principal principal) {
        if (principal instanceof RequestPrincipal caller) {
            return caller.application().toString();
        }
        return principal == null ? "?" : principal.getName();
    }

    private void write(Environment environment, ExportDocument wanted, Instant now, OutputStream out, String caller) {
        Taken taken = new Taken();
        try {
            exports.write(environment, wanted.key(), wanted.protection(), now, out, taken::now);
            taken.whole = true;
        } finally {
            // What was broken off has secrets in it, too.
            LOG.log(
                    Level.INFO,
                    "The application {0} exported the tokens of the environment {1}: {2} of them, {3} can''t be read{4}.",
                    caller,
                    environment.id(),
                    Long.toString(taken.tokens),
                    Long.toString(taken.unreadable),
                    taken.whole ? "" : "; it was broken off");
        }
    }

    private static final class Taken {
        private long tokens;
        private long unreadable;
        private boolean whole;

        void now(long tokens, long unreadable) {
            this.tokens = tokens;
            this.unreadable = unreadable;
        }
    }
}
