package org.oathbound.report.boundary;

import static org.oathbound.application.entity.Permission.READ_DEVICE;
import static org.oathbound.application.entity.Permission.READ_OATH_TOKEN;
import static org.oathbound.application.entity.Permission.READ_USER;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Requires;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.report.control.ReportLine.NotActivated;
import org.oathbound.report.control.ReportLine.OathToken;
import org.oathbound.report.control.Reports;

/** Reports of an environment, for callers who may read tokens, devices and people. */
@Path("/v1/environments/{env}/reports")
@Produces({MediaTypes.JSON, SpreadsheetCsv.MEDIA_TYPE})
@ApplicationScoped
public class ReportsResource {

    private static final Pattern DAYS = Pattern.compile("P([0-9]{1,4})D");
    private static final int USUAL_DAYS = 90;
    private static final int MAX_DAYS = 3_653;

    private final Environments environments;
    private final Reports reports;
    private final Clock clock;

    @Inject
    public ReportsResource(Environments environments, Reports reports, Clock clock) {
        this.environments = environments;
        this.reports = reports;
        this.clock = clock;
    }

    @GET
    @Path("/oathTokens")
    @Requires({READ_OATH_TOKEN, READ_DEVICE, READ_USER})
    public ReportAnswer oathTokens(@PathParam("env") UUID env) {
        Environment environment = environments.get(env);
        Instant now = clock.instant();
        return new ReportAnswer(
                "oathTokens", now, OathToken.class, lines -> reports.oathTokens(environment, now, lines::accept));
    }

    @GET
    @Path("/notActivated")
    @Requires({READ_OATH_TOKEN, READ_DEVICE, READ_USER})
    public ReportAnswer notActivated(@PathParam("env") UUID env) {
        Environment environment = environments.get(env);
        Instant now = clock.instant();
        return new ReportAnswer(
                "notActivated",
                now,
                NotActivated.class,
                lines -> reports.notActivated(environment, now, lines::accept));
    }

    @GET
    @Path("/ending")
    @Requires({READ_OATH_TOKEN, READ_DEVICE, READ_USER})
    public ReportAnswer ending(@PathParam("env") UUID env, @QueryParam("within") @Nullable String within) {
        Environment environment = environments.get(env);
        Instant now = clock.instant();
        Duration time = Duration.ofDays(within == null ? USUAL_DAYS : days(within));
        return new ReportAnswer(
                "ending", now, OathToken.class, lines -> reports.ending(environment, time, now, lines::accept));
    }

    /** ISO 8601, and days only: how long a month is depends on which. */
    private static int days(String within) {
        Matcher matcher = DAYS.matcher(within);
        int days = matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        if (days > MAX_DAYS) {
            throw Paging.invalid("within");
        }
        return days;
    }
}
