package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** The OpenAPI document, as what every answer is held against. */
final class Contract {

    /** Stands for calls that the document does not know: their errors look like any other's. */
    private static final String ANY_PATH = "/v1/environments/" + new UUID(0, 0) + "/oathTokens";

    private static final OpenApiInteractionValidator DOCUMENT =
            OpenApiInteractionValidator.createForInlineApiSpecification(withoutRanges())
                    .withLevelResolver(LevelResolver.create()
                            // Objects are as closed as the document says, not more.
                            .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                            .build())
                    .build();

    private Contract() {}

    static void check(String method, String path, Answer answer) {
        ValidationReport report = report(method, path, answer);
        if (report.getMessages().stream().anyMatch(Contract::isNoSuchCall)) {
            assertThat(answer.status())
                    .as("%s %s is in no document", method, path)
                    .isBetween(400, 499);
            report = report("GET", ANY_PATH, answer);
        }
        assertThat(report.getMessages())
                .as("%s %s: %d %s", method, path, answer.status(), answer.body())
                .isEmpty();
    }

    /** The validator knows no ranges of statuses. What the document says of 2XX is about 200. */
    private static String withoutRanges() {
        try (InputStream document = Contract.class.getResourceAsStream("/openapi.yaml")) {
            return new String(Objects.requireNonNull(document).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("'2XX':", "'200':");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNoSuchCall(ValidationReport.Message message) {
        return message.getKey().equals("validation.request.path.missing")
                || message.getKey().equals("validation.request.operation.notAllowed");
    }

    private static ValidationReport report(String method, String path, Answer answer) {
        SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
        answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
        if (!answer.body().isEmpty()) {
            response.withBody(answer.body());
        }
        return DOCUMENT.validateResponse(path, Method.valueOf(method), response.build());
    }
}
