package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.ResultCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oathbound.http.ErrorBody;
import org.oathbound.http.MediaTypes;
import org.oathbound.http.ProblemMapper;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * What came of an operation, in LDAP's terms.
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

    /** The answer to an operation: its result, or the one that fits why it failed. Too many requests are nobody's result. */
    static Response answer(Supplier<ExtendedResult> operation) {
        try {
            return response(Response.Status.OK, operation.get()).build();
        } catch (Problem.Unauthenticated e) {
            return failed(Response.Status.UNAUTHORIZED, ResultCode.INVALID_CREDENTIALS, e)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"oathbound\"")
                    .build();
        } catch (Problem.Forbidden e) {
            return failed(Response.Status.FORBIDDEN, ResultCode.INSUFFICIENT_ACCESS_RIGHTS, e)
                    .build();
        } catch (Problem.NotFound e) {
            return failed(Response.Status.NOT_FOUND, ResultCode.NO_SUCH_OBJECT, e)
                    .build();
        } catch (Problem.Unavailable e) {
            return failed(Response.Status.SERVICE_UNAVAILABLE, e.isBusy() ? ResultCode.BUSY : ResultCode.UNAVAILABLE, e)
                    .header(HttpHeaders.RETRY_AFTER, ProblemMapper.wholeSeconds(e.retryAfter()))
                    .build();
        } catch (Problem.InvalidRequest e) {
            ResultCode code = codeOf(e.details().getFirst().target());
            return failed(Response.Status.BAD_REQUEST, code, e).build();
        } catch (Problem.InvalidData | Problem.RequestFailed e) {
            return failed(Response.Status.BAD_REQUEST, ResultCode.UNWILLING_TO_PERFORM, e)
                    .build();
        }
    }

    /** What could not be done says no more than that: it must not tell a right code from a wrong one. */
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

    /** A secret is in some of them: nobody between us and the client keeps them. */
    private static Response.ResponseBuilder response(Response.Status status, ExtendedResult result) {
        return Response.status(status).type(MediaTypes.JSON).entity(result);
    }

    /** What LDAP has for a part of a request that can't be read. */
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
