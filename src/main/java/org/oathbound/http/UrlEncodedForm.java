package org.oathbound.http;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** A body of {@code application/x-www-form-urlencoded}, in UTF-8 as RFC 6749 appendix B has it. */
public final class UrlEncodedForm {

    private UrlEncodedForm() {}

    /**
     * Reads the form to its end; {@link Problem.InvalidRequest} when it is none, or names a charset that does not exist. Another
     * charset than UTF-8 is let pass: some clients name one whatever they send.
     *
     * @param type of the body; null where the request does not say
     */
    public static MultivaluedMap<String, String> read(InputStream body, @Nullable MediaType type) {
        if (type != null && !MediaTypes.hasKnownCharset(type)) {
            throw invalid("The Content-Type names a charset that does not exist.");
        }
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        for (String parameter : text(body).split("&", -1)) {
            if (!parameter.isEmpty()) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                form.add(decode(name), decode(equals < 0 ? "" : parameter.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String text(InputStream body) {
        try {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) { // the client has gone
            throw invalid("The request's body can't be read to its end.");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The body is not a form.");
        }
    }

    private static Problem.InvalidRequest invalid(String message) {
        return new Problem.InvalidRequest(DetailCode.INVALID_VALUE, null, message);
    }
}
