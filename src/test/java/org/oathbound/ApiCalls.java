package org.oathbound;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The calls as they are described, and the methods that answer them. */
final class ApiCalls {

    static final SwaggerParseResult DOCUMENT = parsed();
    static final List<Method> METHODS = resourceMethods();

    private ApiCalls() {}

    private static List<Method> resourceMethods() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.oathbound").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                        .map(JavaMethod::reflect)
                        .toList();
    }

    /** A method's verb and path, without the names of the path's parameters. */
    static String call(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .value();
        return verb + " " + path(method);
    }

    static String path(Method method) {
        return path(method.getDeclaringClass().getAnnotation(Path.class), method.getAnnotation(Path.class));
    }

    static String classPath(Method method) {
        return path(method.getDeclaringClass().getAnnotation(Path.class));
    }

    private static String path(Path... parts) {
        return withoutNames(Stream.of(parts)
                .filter(Objects::nonNull)
                .map(Path::value)
                .map(value -> value.replaceAll("^/|/$", ""))
                .filter(value -> !value.isEmpty())
                .collect(joining("/", "/", "")));
    }

    static String withoutNames(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    /** Those of the method, else of its class, without their parameters. */
    static <A extends Annotation> Set<String> mediaTypes(
            Method method, Class<A> annotation, Function<A, String[]> value) {
        return Stream.of(method, method.getDeclaringClass())
                .filter(element -> element.isAnnotationPresent(annotation))
                .findFirst()
                .map(element -> value.apply(element.getAnnotation(annotation)))
                .stream()
                .flatMap(Stream::of)
                .map(type -> type.replaceAll(";.*", ""))
                .collect(toSet());
    }

    private static SwaggerParseResult parsed() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);
        options.setResolveCombinators(false);
        URL document = Objects.requireNonNull(ApiCalls.class.getResource("/openapi.yaml"));
        return new OpenAPIV3Parser().readLocation(document.toString(), null, options);
    }
}
