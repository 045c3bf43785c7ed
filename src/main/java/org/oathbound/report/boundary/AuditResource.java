package org.oathbound.report.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.time.Clock;
import java.util.UUID;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.AuditQuestion;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.report.control.AuditAnswers;
import org.oathbound.report.control.ReportLine.AuditEntry;

/** Questions about the audit of an environment. */
@Path("/v1/environments/{env}/audit")
@Produces({MediaTypes.JSON, SpreadsheetCsv.MEDIA_TYPE})
@ApplicationScoped
public class AuditResource {

    private final Environments environments;
    private final AuditAnswers answers;
    private final Clock clock;

    @Inject
    public AuditResource(Environments environments, AuditAnswers answers, Clock clock) {
        this.environments = environments;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.READ_AUDIT)
    public ReportAnswer read(@PathParam("env") UUID env, @BeanParam AuditParameters parameters) {
        Environment environment = environments.get(env);
        AuditQuestion question = parameters.question(environment);
        int limit = parameters.limit();
        return new ReportAnswer(
                "audit",
                clock.instant(),
                AuditEntry.class,
                lines -> answers.answer(environment, question, limit, lines));
    }
}
