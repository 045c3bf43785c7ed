package org.oathbound;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.problem.DetailCode;

@Tag("slow")
class OpenApiTest {

    /** What the platform answers, without a class of ours. */
    private static final String HEALTH = "/health/";

    private static final OpenAPI DOCUMENT = ApiCalls.DOCUMENT.getOpenAPI();

    @Nested
    @DisplayName("The document describes every call, and no other")
    class Calls {

        @Test
        void theirPathsAndMethods() {
            assertThat(programmed(method -> Set.of()).keySet())
                    .isEqualTo(described(operation -> operation).keySet());
        }

        /** JAX-RS looks no further than the classes whose paths say most. */
        @Test
        void whichAllReachTheirClass() {
            List<String> classes = ApiCalls.METHODS.stream()
                    .map(ApiCalls::classPath)
                    .distinct()
                    .toList();
            assertThat(ApiCalls.METHODS).allSatisfy(method -> {
                String path = ApiCalls.path(method).replace("{}", "x");
                assertThat(classes.stream()
                                .filter(other -> path.matches(other.replace("{}", "[^/]+") + "(/.*)?"))
                                .max(Comparator.comparingInt(
                                        other -> other.replace("{}", "").length())))
                        .as(path)
                        .contains(ApiCalls.classPath(method));
            });
        }

        @Test
        void theMediaTypesOfTheirRequests() {
            assertThat(programmed(method -> ApiCalls.mediaTypes(method, Consumes.class, Consumes::value)))
                    .isEqualTo(described(operation -> requestTypes(operation).keySet()));
        }

        @Test
        void theMediaTypesOfTheirAnswers() {
            Map<String, Set<String>> answers = described(OpenApiTest::answerTypes);
            assertThat(programmed(method -> ApiCalls.mediaTypes(method, Produces.class, Produces::value)))
                    .allSatisfy((call, types) -> {
                        if (!types.isEmpty() && !answers.get(call).isEmpty()) {
                            assertThat(types).as(call).isEqualTo(answers.get(call));
                        }
                    });
        }
    }

    @Nested
    @DisplayName("The document holds what it says")
    class Itself {

        @Test
        void isValid() {
            assertThat(ApiCalls.DOCUMENT.getMessages()).isEmpty();
        }

        @Test
        void everyExampleOfARequestFitsItsSchema() {
            assertThat(operations().flatMap(operation -> requestTypes(operation).values().stream()))
                    .filteredOn(type -> type.getExamples() != null)
                    .hasSize(13)
                    .allSatisfy(type -> assertThat(type.getExamples().values())
                            .allSatisfy(example -> assertFits(example.getValue(), type.getSchema())));
        }

        @Test
        void everyExampleOfASchemaFitsIt() {
            assertThat(DOCUMENT.getComponents().getSchemas().values().stream().<Schema<?>>map(schema -> schema))
                    .filteredOn(schema -> schema.getProperties() != null && schema.getExample() != null)
                    .hasSize(12)
                    .allSatisfy(schema -> assertFits(schema.getExample(), schema));
        }

        /** Generators of clients make a class of the choice alone, and lose the members. */
        @Test
        void noSchemaHasMembersBesideAChoice() {
            assertThat(DOCUMENT.getComponents().getSchemas().values())
                    .filteredOn(schema -> schema.getProperties() != null)
                    .isNotEmpty()
                    .noneMatch(schema -> schema.getOneOf() != null || schema.getAnyOf() != null);
        }

        /** OpenAPI 3.0.3: {@code nullable} has an effect only where {@code type} stands beside it. */
        @Test
        void whatMayBeNullHasAType() {
            assertThat(DOCUMENT.getComponents().getSchemas().values())
                    .filteredOn(schema -> Boolean.TRUE.equals(schema.getNullable()))
                    .isNotEmpty()
                    .noneMatch(schema -> schema.getType() == null);
        }

        @Test
        void everyKindOfFaultIsNamed() {
            Schema<?> codes = DOCUMENT.getComponents().getSchemas().get("DetailCode");
            assertThat(codes.getEnum().toArray())
                    .isEqualTo(
                            Arrays.stream(DetailCode.values()).map(Enum::name).toArray());
        }
    }

    @Nested
    @DisplayName("An answer has no room for a secret")
    class Answers {

        @Test
        void haveNoMembersButThoseDescribed() {
            assertThat(operations()
                            .flatMap(operation -> operation.getResponses().values().stream())
                            .flatMap(response -> types(response.getContent()).values().stream())
                            .flatMap(type -> withThoseInside(type.getSchema())))
                    .filteredOn(schema -> "object".equals(schema.getType()) && schema.getProperties() != null)
                    .isNotEmpty()
                    .allSatisfy(schema -> assertThat(schema.getAdditionalProperties())
                            .as(
                                    "additionalProperties beside %s",
                                    schema.getProperties().keySet())
                            .isEqualTo(false));
        }

        @Test
        void aStrayMemberDoesNotFit() {
            Schema<?> schema = DOCUMENT.getComponents().getSchemas().get("OathToken");
            ObjectNode token = Json.mapper().valueToTree(schema.getExample());
            token.put("secret", "6EBD59F71A634C48C4619CD33F6C385C9237C9BA");
            assertThat(faults(token, schema)).isNotEmpty();
        }
    }

    private static <T> Map<String, T> described(Function<Operation, T> fact) {
        Map<String, T> facts = new TreeMap<>();
        DOCUMENT.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            if (!path.startsWith(HEALTH)) {
                facts.put(method + " " + ApiCalls.withoutNames(path), fact.apply(operation));
            }
        }));
        return facts;
    }

    private static Map<String, Set<String>> programmed(Function<Method, Set<String>> fact) {
        Map<String, Set<String>> facts = new TreeMap<>();
        ApiCalls.METHODS.forEach(method -> facts.computeIfAbsent(ApiCalls.call(method), call -> new TreeSet<>())
                .addAll(fact.apply(method)));
        return facts;
    }

    private static Stream<Operation> operations() {
        return DOCUMENT.getPaths().values().stream().flatMap(item -> item.readOperations().stream());
    }

    private static Map<String, MediaType> requestTypes(Operation operation) {
        return operation.getRequestBody() == null
                ? Map.of()
                : types(operation.getRequestBody().getContent());
    }

    private static Set<String> answerTypes(Operation operation) {
        return operation.getResponses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> types(response.getValue().getContent()).keySet().stream())
                .collect(toSet());
    }

    private static Map<String, MediaType> types(@Nullable Content content) {
        return content == null ? Map.of() : content;
    }

    private static Stream<Schema<?>> withThoseInside(Schema<?> schema) {
        Stream<Schema<?>> members = schema.getProperties() == null
                ? Stream.of()
                : schema.getProperties().values().stream().map(member -> (Schema<?>) member);
        Stream<Schema<?>> items = Stream.ofNullable(schema.getItems());
        return Stream.concat(Stream.of(schema), Stream.concat(members, items).flatMap(OpenApiTest::withThoseInside));
    }

    private static void assertFits(Object example, Schema<?> schema) {
        assertThat(faults(Json.mapper().valueToTree(example), schema)).isEmpty();
    }

    private static List<ValidationReport.Message> faults(JsonNode example, Schema<?> schema) {
        LevelResolver asWritten = LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                .build();
        return new SchemaValidator(DOCUMENT, new MessageResolver(asWritten))
                .validate(() -> example, schema, "response.body")
                .getMessages();
    }
}
