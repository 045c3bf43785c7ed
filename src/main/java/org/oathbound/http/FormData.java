package org.oathbound.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/**
 * A body of {@code multipart/form-data} (RFC 7578), part by part, as it comes in: nothing of it is kept, in memory or on
 * disk.
 */
public final class FormData {

    private static final MimeConfig BOUNDS = MimeConfig.custom()
            .setMaxHeaderLen(8 * 1024)
            .setMaxHeaderCount(16)
            .setMaxLineLen(8 * 1024)
            .setMaxContentLen(-1)
            .build();

    /** A limit, because the reader keeps something of each part. */
    private static final int MAX_PARTS = 32;

    private FormData() {}

    /** Takes the parts in their order. */
    @FunctionalInterface
    public interface Parts {
        void part(String name, InputStream body) throws IOException;
    }

    /**
     * Reads the form to its end; {@link Problem.InvalidRequest} when it is none, or ends too early.
     *
     * @param contentType of the body, with its boundary
     */
    public static void read(InputStream body, String contentType, Parts parts) throws IOException {
        // Strict: a body that ends before its last boundary was cut off, and is no form.
        MimeTokenStream form = new MimeTokenStream(BOUNDS, DecodeMonitor.STRICT, null);
        form.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try {
            EntityState at = step(() -> {
                form.parseHeadless(body, contentType);
                return form.getState();
            });
            @Nullable String name = null;
            int count = 0;
            for (; at != EntityState.T_END_OF_STREAM; at = step(form::next)) {
                if (at == EntityState.T_START_HEADER) {
                    name = null;
                } else if (at == EntityState.T_FIELD) {
                    name = step(() -> name(form.getField())).orElse(name);
                } else if (at == EntityState.T_BODY) {
                    if (++count > MAX_PARTS) {
                        throw invalid("The form has more than " + MAX_PARTS + " parts.");
                    }
                    parts.part(required(name), form.getInputStream());
                }
            }
        } catch (MimeException e) {
            throw invalid("The request's body is no complete form.");
        } catch (IOException e) {
            if (e.getCause() instanceof MimeException) {
                throw invalid("The request's body is no complete form.");
            }
            throw e;
        }
    }

    /** A call of the parser, which may throw more than it declares. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException, MimeException;
    }

    private static <T> T step(Step<T> step) throws IOException, MimeException {
        try {
            return step.take();
        } catch (Problem e) {
            throw e; // that of the stream: the body is too large
        } catch (RuntimeException e) {
            throw invalid("The request's body is no complete form.");
        }
    }

    private static Optional<String> name(Field field) {
        if (!field.getNameLowerCase().equals("content-disposition")) {
            return Optional.empty();
        }
        RawBody disposition =
                RawFieldParser.DEFAULT.parseRawBody(org.apache.james.mime4j.stream.RawField.class.cast(field));
        return disposition.getParams().stream()
                .filter(parameter -> parameter.getName().equalsIgnoreCase("name"))
                .map(parameter -> parameter.getValue() == null ? "" : parameter.getValue())
                .findFirst();
    }

    private static String required(@Nullable String name) {
        if (name == null) {
            throw invalid("A part of the form has no name.");
        }
        return name;
    }

    private static Problem.InvalidRequest invalid(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, null, message);
    }
}
