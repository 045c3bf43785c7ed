package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.ResultCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.entryaccess.ResultCodes;
import org.oathbound.http.ErrorBody;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.ProblemMapper;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * The result of an operation, in LDAP's terms.
 *
 * @param details as every error of ours has them; null for a success
 */
public record ExtendedResult(
        Code resultCode,
        @Nullable String diagnosticMessage,
        @Nullable String totpSharedSecret,
        @Nullable String generatedPassword,
        @Nullable String accessToken,
        @Nullable Map<String, Object> userAttributes,
        @Nullable List<ErrorBody.Fault> details) {

    /** RFC 4511 section 4.1.9. */
    public record Code(int value, String name) {}

    private static final Map<ResultCode, Response.Status> STATUSES = Map.of(
            ResultCode.INVALID_CREDENTIALS, Response.Status.UNAUTHORIZED,
            ResultCode.INSUFFICIENT_ACCESS_RIGHTS, Response.Status.FORBIDDEN,
            ResultCode.NO_SUCH_OBJECT, Response.Status.NOT_FOUND,
            ResultCode.BUSY, Response.Status.SERVICE_UNAVAILABLE,
            ResultCode.UNAVAILABLE, Response.Status.SERVICE_UNAVAILABLE);

    static final ExtendedResult SUCCESS =
            new ExtendedResult(code(ResultCode.SUCCESS), null, null, null, null, null, null);

    ExtendedResult withSharedSecret(String base32) {
        return new ExtendedResult(resultCode, null, base32, null, null, null, null);
    }

    ExtendedResult withPassword(String generated) {
        return new ExtendedResult(resultCode, null, null, generated, null, null, null);
    }

    ExtendedResult withAccessToken(String token, @Nullable Map<String, Object> user) {
        return new ExtendedResult(resultCode, null, null, null, token, user, null);
    }

    /**
     * The answer to an operation: its result, or the one that fits why it failed. A refusal for too many requests is no
     * result of an operation.
     */
    static Response answer(Supplier<ExtendedResult> operation) {
        try {
            return response(Response.Status.OK, operation.get()).build();
        } catch (Problem e) {
            ResultCode code = code(e);
            if (e instanceof Problem.Limited || code.equals(ResultCode.OTHER)) {
                throw e;
            }
            Response.ResponseBuilder failed = failed(STATUSES.getOrDefault(code, Response.Status.BAD_REQUEST), code, e);
            if (e instanceof Problem.Unauthenticated) {
                failed.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"oathbound\"");
            } else if (e instanceof Problem.Unavailable unavailable) {
                failed.header(HttpHeaders.RETRY_AFTER, ProblemMapper.wholeSeconds(unavailable.retryAfter()));
            }
            return failed.build();
        }
    }

    private static ResultCode code(Problem problem) {
        return switch (problem) {
            case Problem.InvalidRequest request ->
                codeOf(request.details().getFirst().target());
            case Problem.InvalidData data -> ResultCode.UNWILLING_TO_PERFORM;
            default -> ResultCodes.of(problem);
        };
    }

    /** The answer to an operation that failed. It must not tell a right code from a wrong one. */
    private static Response.ResponseBuilder failed(Response.Status status, ResultCode code, Problem problem) {
        String message = problem instanceof Problem.Unavailable
                ? "The service can't answer now. Try again later."
                : text(problem);
        List<Detail> details = problem.details().isEmpty()
                ? List.of(new Detail(DetailCode.CONSTRAINT_VIOLATION, null, message))
                : problem.details();
        return response(
                status,
                new ExtendedResult(
                        code(code),
                        message,
                        null,
                        null,
                        null,
                        null,
                        ErrorBody.of("", "", details).details()));
    }

    private static String text(Problem problem) {
        return problem.details().isEmpty()
                ? problem.getMessage()
                : problem.details().getFirst().message();
    }

    /** Some answers hold a secret, so no cache between us and the client may store them. */
    private static Response.ResponseBuilder response(Response.Status status, ExtendedResult result) {
        return Response.status(status).type(MediaTypes.JSON).entity(result);
    }

    /** LDAP's result code for a part of a request that can't be read. */
    private static ResultCode codeOf(@Nullable String target) {
        if (RequestControls.MEMBER.equals(target)) {
            return ResultCode.UNAVAILABLE_CRITICAL_EXTENSION;
        }
        return "dn".equals(target) ? ResultCode.INVALID_DN_SYNTAX : ResultCode.PROTOCOL_ERROR;
    }

    private static Code code(ResultCode code) {
        return new Code(code.intValue(), code.getName());
    }

    @Override
    public String toString() {
        return "ExtendedResult[" + resultCode + "]";
    }
}
