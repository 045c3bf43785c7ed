package org.oathbound.operations.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.application.entity.Role;
import org.oathbound.operations.launcher.KnownProperties.Property;

@DisplayName("What is known is what is documented and what is read: none of them can be added alone")
class KnownPropertiesTest {

    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\n]*)\"");
    private static final Pattern PROPERTY = Pattern.compile("oathbound\\.[a-z0-9.-]+");
    private static final Pattern VARIABLE = Pattern.compile("OATHBOUND_[A-Z_]+[A-Z]");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`(?:oathbound|…)\\.[^|]*) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** The string literals of all sources but the list itself. */
    private static final Set<String> LITERALS = literals();

    private static Set<String> literals() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")
                            && !file.endsWith(KnownProperties.class.getSimpleName() + ".java"))
                    .flatMap(file -> groups(LITERAL, read(file)))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    /** The names in the first column of a page's tables, with {@code .b} after {@code oathbound.a.c} read as {@code oathbound.a.b}. */
    private static List<String> documented(String page) {
        List<String> names = new ArrayList<>();
        groups(FIRST_CELL, read(Path.of("docs", page))).forEach(cell -> groups(CODE, cell)
                .map(name -> name.replace("…", ""))
                .forEach(name -> names.add(
                        name.startsWith(".")
                                ? names.getLast().substring(0, names.getLast().lastIndexOf('.')) + name
                                : name)));
        return names;
    }

    private static List<String> known() {
        return KnownProperties.DOCUMENTED.stream().map(Property::name).toList();
    }

    @Test
    void eachIsDocumented() {
        Set<String> documented = new TreeSet<>(documented("configuration.md"));
        documented("corporate-directory.md").forEach(name -> {
            documented.add(name);
            documented.add(name.replace("oathbound.people.", "oathbound.people.{id}."));
        });
        assertThat(known()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(documented);
    }

    @Test
    void eachThatIsReadIsKnown() {
        List<String> read = LITERALS.stream()
                .filter(PROPERTY.asMatchPredicate())
                .filter(name -> !name.endsWith("."))
                .toList();
        assertThat(read)
                .contains("oathbound.data-dir", "oathbound.log.server")
                .allSatisfy(name -> assertThat(KnownProperties.property(name)).isPresent());
        assertThat(prefixes()).allSatisfy(prefix -> assertThat(known()).anyMatch(name -> name.startsWith(prefix)));
    }

    @Test
    void eachIsRead() {
        assertThat(Stream.concat(KnownProperties.DOCUMENTED.stream(), KnownProperties.INTERNAL.stream()))
                .extracting(Property::name)
                .allSatisfy(name -> assertThat(isRead(name)).isTrue());
    }

    private static List<String> prefixes() {
        return LITERALS.stream()
                .filter(PROPERTY.asMatchPredicate())
                .filter(name -> name.endsWith(".") && !name.equals("oathbound."))
                .toList();
    }

    /** As a whole, or as a prefix and what stands behind it, the last part. */
    private static boolean isRead(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean isRole = Arrays.stream(Role.values())
                .anyMatch(role ->
                        role.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(last));
        return LITERALS.contains(name)
                || (prefixes().stream().anyMatch(name::startsWith) && (isRole || LITERALS.contains(last)));
    }

    @Test
    void eachRoleOfAForeignIssuerIsKnown() {
        assertThat(Role.values())
                .extracting(role -> "oathbound.foreign-issuer.corp."
                        + role.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .allSatisfy(name -> assertThat(KnownProperties.property(name)).isPresent());
    }

    @Test
    void eachVariableThatIsNamedIsKnown() {
        List<String> named = LITERALS.stream()
                .flatMap(literal -> VARIABLE.matcher(literal).results().map(MatchResult::group))
                .filter(name -> !name.equals("OATHBOUND_SOURCE"))
                .distinct()
                .toList();
        assertThat(named).contains("OATHBOUND_FILE_KEY").allSatisfy(name -> assertThat(
                        KnownProperties.variable(new KnownProperties.Variable(name)))
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "data-dri, data-dir, 2", "port, prt, 1", "kitten, sitting, 3"})
    void distance(String one, String other, int distance) {
        assertThat(KnownProperties.distance(one, other)).isEqualTo(distance);
        assertThat(KnownProperties.distance(other, one)).isEqualTo(distance);
    }
}
