package org.oathbound.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.RequestPrincipal;
import org.oathbound.application.control.Requires;
import org.oathbound.application.entity.Permission;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;
import org.oathbound.directory.Page;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.http.BodyLimit;
import org.oathbound.http.HalPage;
import org.oathbound.http.Links;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.Paging;
import org.oathbound.http.SpreadsheetCsv;
import org.oathbound.job.control.JobDeletion;
import org.oathbound.job.control.Jobs;
import org.oathbound.job.control.SelectTokens;
import org.oathbound.job.entity.Job;
import org.oathbound.seedfile.entity.Format;

/** OATH jobs. PingOne's own answers link to {@code /jobs/{id}} and its guide polls {@code /oathJobs/{id}}: both answer. */
@Path("/v1/environments/{env}")
@Produces({MediaTypes.HAL_JSON, MediaTypes.JSON})
@ApplicationScoped
public class JobsResource {

    static final String ANY_JOBS = "jobs";

    private static final String OATH_JOBS = "oathJobs";
    private static final String CREATE = "application/vnd.pingidentity.job.oathtokens.create+json";
    private static final String REVOKE = "application/vnd.pingidentity.job.oathtokens.revoke+json";
    private static final String PAIR = "application/vnd.oathbound.job.oathtokens.pair+json";
    private static final String UNPAIR = "application/vnd.oathbound.job.oathtokens.unpair+json";
    private static final String BLOCK = "application/vnd.oathbound.job.oathtokens.block+json";
    private static final String UNBLOCK = "application/vnd.oathbound.job.oathtokens.unblock+json";
    private static final String LABEL = "application/vnd.oathbound.job.oathtokens.label+json";
    /** 100,000 encrypted keys in XML take 200 MB. */
    private static final int MAX_FILE_BYTES = 256 * 1024 * 1024;

    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final int USUAL_LIMIT = 25;
    private static final int MAX_LIMIT = 100;

    private final Environments environments;
    private final Jobs jobs;
    private final SelectTokens select;
    private final JobDeletion deletion;
    private final Links links;

    @Inject
    public JobsResource(Environments environments, Jobs jobs, SelectTokens select, JobDeletion deletion, Links links) {
        this.environments = environments;
        this.jobs = jobs;
        this.select = select;
        this.deletion = deletion;
        this.links = links;
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(CREATE)
    @BodyLimit(MAX_BYTES)
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.JOB_CREATE)
    public Response create(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.CREATE_OATH_TOKENS, "tokens", body);
    }

    /** A seed file by itself; what is said of it stands in the query. */
    @POST
    @Path(OATH_JOBS)
    @Consumes({"text/csv", "text/plain", "application/ldif", "application/pskc+xml"})
    @BodyLimit(MAX_FILE_BYTES)
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.JOB_CREATE)
    public Response createFromFile(
            @PathParam("env") UUID env,
            @Context UriInfo uri,
            @Context SecurityContext security,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) MediaType type,
            InputStream body) {
        Map<String, String> query = new TreeMap<>();
        uri.getQueryParameters().forEach((name, values) -> query.put(name, values.getFirst()));
        if (type.getSubtype().equalsIgnoreCase("pskc+xml")) {
            query.putIfAbsent("format", Format.PSKC.name());
        }
        return receive(env, Job.Type.CREATE_OATH_TOKENS, upload -> new SeedFileUpload(upload, mayPair(security))
                .read(body, query));
    }

    /** A form whose last part is a seed file; what is said of it stands before that. */
    @POST
    @Path(OATH_JOBS)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @BodyLimit(MAX_FILE_BYTES)
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.JOB_CREATE)
    public Response createFromForm(
            @PathParam("env") UUID env,
            @Context SecurityContext security,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            InputStream body) {
        return receive(env, Job.Type.CREATE_OATH_TOKENS, upload -> new SeedFileUpload(upload, mayPair(security))
                .read(body, type));
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(REVOKE)
    @BodyLimit(MAX_BYTES)
    @Requires(Permission.DELETE_OATH_TOKEN)
    @Audited(Action.JOB_CREATE)
    public Response revoke(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.REVOKE_OATH_TOKENS, "tokenIds", body);
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(PAIR)
    @BodyLimit(MAX_BYTES)
    @Requires({Permission.CREATE_PAIRING_JOB, Permission.CREATE_DEVICE})
    @Audited(Action.JOB_CREATE)
    public Response pair(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.PAIR_OATH_TOKENS, "pairs", body);
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(UNPAIR)
    @BodyLimit(MAX_BYTES)
    @Requires({Permission.CREATE_PAIRING_JOB, Permission.DELETE_DEVICE})
    @Audited(Action.JOB_CREATE)
    public Response unpair(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.UNPAIR_OATH_TOKENS, "pairs", body);
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(BLOCK)
    @BodyLimit(MAX_BYTES)
    @Requires({Permission.CREATE_PAIRING_JOB, Permission.UPDATE_DEVICE})
    @Audited(Action.JOB_CREATE)
    public Response block(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.BLOCK_OATH_TOKENS, null, body);
    }

    @POST
    @Path(OATH_JOBS)
    @Consumes(UNBLOCK)
    @BodyLimit(MAX_BYTES)
    @Requires({Permission.CREATE_PAIRING_JOB, Permission.UPDATE_DEVICE})
    @Audited(Action.JOB_CREATE)
    public Response unblock(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.UNBLOCK_OATH_TOKENS, null, body);
    }

    /** Whoever may bring tokens in, with all that is told about them, may tell something else. */
    @POST
    @Path(OATH_JOBS)
    @Consumes(LABEL)
    @BodyLimit(MAX_BYTES)
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.JOB_CREATE)
    public Response label(@PathParam("env") UUID env, InputStream body) {
        return receive(env, Job.Type.LABEL_OATH_TOKENS, "tokenIds", body);
    }

    @GET
    @Path(OATH_JOBS)
    @Requires(Permission.READ_OATH_JOB)
    public HalPage<JobJson> list(
            @PathParam("env") UUID env,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        Environment environment = environments.get(env);
        Paging paging = Paging.of(limit, cursor, USUAL_LIMIT, MAX_LIMIT);
        Page<Job> page = jobs.page(environment, paging.after(), paging.limit());
        return links.listing(
                OATH_JOBS,
                page.items(),
                job -> JobJson.summary(env, job, jobs.totals(environment, job), links),
                paging,
                page.last());
    }

    @GET
    @Path(OATH_JOBS + "/{id}")
    @Requires(Permission.READ_OATH_JOB)
    public JobJson readOathJob(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        return read(env, id);
    }

    @GET
    @Path(ANY_JOBS + "/{id}")
    @Requires(Permission.READ_OATH_JOB)
    public JobJson read(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        Environment environment = environments.get(env);
        return jobs.find(environment, id)
                .map(job -> JobJson.whole(env, job, jobs.result(environment, job), links))
                .orElseThrow(() -> Jobs.unknown(id));
    }

    /** Deletes a finished job and its report; what its rows have changed stays. */
    @DELETE
    @Path(OATH_JOBS + "/{id}")
    @Requires(Permission.CREATE_OATH_TOKEN)
    @Audited(Action.JOB_DELETE)
    public void delete(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        deletion.delete(environments.get(env), id);
    }

    /** The rows that were not right, with the file's own columns; of a preview every row. */
    @GET
    @Path(OATH_JOBS + "/{id}/report")
    @Produces(SpreadsheetCsv.MEDIA_TYPE)
    @Requires(Permission.READ_OATH_JOB)
    public Response report(@PathParam("env") UUID env, @PathParam("id") UUID id) {
        Environment environment = environments.get(env);
        Job job = jobs.find(environment, id).orElseThrow(() -> Jobs.unknown(id));
        StreamingOutput body = out -> {
            JobReport report = new JobReport(job, out);
            jobs.forEachLine(environment, job, report::line);
            report.end();
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"job-" + id + ".csv\"")
                .build();
    }

    /** A row may pair its token, and a job needs what its rows need. */
    private static boolean mayPair(SecurityContext security) {
        return security.getUserPrincipal() instanceof RequestPrincipal caller && caller.may(Permission.CREATE_DEVICE);
    }

    private Response receive(UUID env, Job.Type type, @Nullable String rowsName, InputStream body) {
        JobDocument document = new JobDocument(type, rowsName);
        Environment environment = environments.get(env);
        return receive(
                env,
                type,
                upload -> document.read(body, upload, selection -> select.into(upload, environment, type, selection)));
    }

    private Response receive(UUID env, Job.Type type, Jobs.Body body) {
        Job job = jobs.receive(environments.get(env), type, body);
        JobJson json = JobJson.taken(env, job, links);
        return Response.accepted(json)
                .location(links.environment(env, OATH_JOBS, job.id()).uri())
                .build();
    }
}
