package org.oathbound;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.application.control.Requires;
import org.oathbound.application.control.Requires.From;
import org.oathbound.application.entity.Permission;
import org.oathbound.application.entity.Role;

/** What a call wants its caller to be permitted, as it is programmed and as it is told. */
@Tag("slow")
class PermissionsTest {

    private static final String PERMISSIONS = "x-permissions";
    private static final String FROM = "x-permitted-from";
    private static final String HEALTH = "/health/";
    private static final String NO_BODY = "";

    @Nested
    @DisplayName("Each call's permissions stand in its description, and no others")
    class Described {

        @Test
        void byCallAndMediaType() {
            Map<String, Set<String>> programmed = new TreeMap<>();
            for (Method method : ApiCalls.METHODS) {
                for (String type : orNone(ApiCalls.mediaTypes(method, Consumes.class, Consumes::value))) {
                    programmed.put(ApiCalls.call(method) + " " + type, wantedBy(method));
                }
            }
            assertThat(described(PermissionsTest::permissions)).isEqualTo(programmed);
        }

        @Test
        void withWhereTheCallerMustBeFrom() {
            Map<String, String> programmed = new TreeMap<>();
            for (Method method : ApiCalls.METHODS) {
                for (String type : orNone(ApiCalls.mediaTypes(method, Consumes.class, Consumes::value))) {
                    Requires requires = method.getAnnotation(Requires.class);
                    From from = requires == null ? From.ITS_ENVIRONMENT : requires.from();
                    programmed.put(ApiCalls.call(method) + " " + type, from.name());
                }
            }
            assertThat(described((operation, type) -> text(operation.getExtensions(), FROM)))
                    .isEqualTo(programmed);
        }

        @Test
        void andWithoutAnAccessTokenOnlyWhatIsForEverybody() {
            ApiCalls.METHODS.forEach(method -> assertThat(method.isAnnotationPresent(PermitAll.class))
                    .as(ApiCalls.call(method))
                    .isNotEqualTo(method.isAnnotationPresent(Requires.class)));
            assertThat(described((operation, type) -> operation.getSecurity() == null))
                    .isEqualTo(described(
                            (operation, type) -> !permissions(operation, type).isEmpty()));
        }
    }

    /** The table of the document for those who come from PingOne. */
    @Test
    void whatEachRolePermitsIsDocumented() throws IOException {
        List<List<String>> rows;
        try (Stream<String> lines = Files.lines(Path.of("docs", "compatibility.md"))) {
            rows = lines.dropWhile(line -> !line.startsWith("| permission |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                            .map(String::strip)
                            .toList())
                    .toList();
        }
        List<Role> roles = rows.get(0).stream()
                .skip(1)
                .map(title -> Role.titled(title).orElseThrow())
                .toList();
        Map<String, Set<Role>> documented = new TreeMap<>();
        rows.stream().skip(2).forEach(row -> documented.put(row.get(0).replace("`", ""), marked(row, roles)));

        Map<String, Set<Role>> programmed = new TreeMap<>();
        for (Permission permission : Permission.values()) {
            programmed.put(
                    permission.name(),
                    Stream.of(Role.values())
                            .filter(role -> role.permits(permission))
                            .collect(toSet()));
        }
        assertThat(roles).containsExactly(Role.values());
        assertThat(documented).isEqualTo(programmed);
    }

    private static Set<Role> marked(List<String> row, List<Role> roles) {
        return Stream.iterate(1, column -> column < row.size(), column -> column + 1)
                .filter(column -> row.get(column).equals("yes"))
                .map(column -> roles.get(column - 1))
                .collect(toSet());
    }

    /** How an operation answers one media type. */
    private interface Fact<T> {
        T of(Operation operation, String mediaType);
    }

    private static <T> Map<String, T> described(Fact<T> fact) {
        Map<String, T> facts = new TreeMap<>();
        ApiCalls.DOCUMENT.getOpenAPI().getPaths().forEach((path, item) -> item.readOperationsMap()
                .forEach((verb, operation) -> {
                    if (!path.startsWith(HEALTH)) {
                        orNone(content(operation).keySet())
                                .forEach(type -> facts.put(
                                        verb + " " + ApiCalls.withoutNames(path) + " " + type,
                                        fact.of(operation, type)));
                    }
                }));
        return facts;
    }

    private static Set<String> permissions(Operation operation, String mediaType) {
        Set<String> permissions = permissions(operation.getExtensions());
        if (!mediaType.equals(NO_BODY)) {
            permissions.addAll(permissions(content(operation).get(mediaType).getExtensions()));
        }
        return permissions;
    }

    private static Set<String> permissions(@Nullable Map<String, Object> extensions) {
        Object permissions = extensions == null ? null : extensions.get(PERMISSIONS);
        Stream<?> each = permissions instanceof List<?> list ? list.stream() : Stream.of();
        return each.map(Object::toString).collect(toCollection(TreeSet::new));
    }

    private static String text(@Nullable Map<String, Object> extensions, String name) {
        return extensions == null
                ? From.ITS_ENVIRONMENT.name()
                : extensions.getOrDefault(name, From.ITS_ENVIRONMENT).toString();
    }

    private static Set<String> wantedBy(Method method) {
        Requires requires = method.getAnnotation(Requires.class);
        return requires == null
                ? Set.of()
                : Stream.of(requires.value()).map(Permission::name).collect(toCollection(TreeSet::new));
    }

    private static Content content(Operation operation) {
        return operation.getRequestBody() == null
                ? new Content()
                : operation.getRequestBody().getContent();
    }

    private static Set<String> orNone(Set<String> mediaTypes) {
        return mediaTypes.isEmpty() ? Set.of(NO_BODY) : mediaTypes;
    }
}
