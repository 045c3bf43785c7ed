package org.oathbound.operations.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.oathbound.operations.launcher.KnownProperties.Property;
import org.oathbound.operations.launcher.KnownProperties.Variable;

/**
 * Finds names and values of the configuration that are mistakes.
 *
 * @param failures sentences, each a reason not to start: an unknown property, a variable that is nearly a known one, a value that
 *     can't be read
 * @param warnings sentences about other unknown variables; shells and Kubernetes set {@code OATHBOUND_…} of their own
 */
public record ConfigurationCheck(List<String> failures, List<String> warnings) {

    private static final String PREFIX = "oathbound.";
    private static final int LONGEST_SHOWN = 100;

    /** Such as {@code OATHBOUND_HTTP_PORT=tcp://10.0.0.1:8080}, set for a service of the name {@code oathbound-http}. */
    private static final Predicate<String> IS_OF_KUBERNETES =
            Pattern.compile("(tcp|udp|sctp)://.*").asMatchPredicate();

    public ConfigurationCheck {
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /** The check of this process. */
    public static ConfigurationCheck ofProcess() {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), name -> System.getProperty(name, "")));
        return of(properties, System.getenv());
    }

    static ConfigurationCheck of(Map<String, String> properties, Map<String, String> variables) {
        List<String> failures = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                KnownProperties.property(name)
                        .ifPresentOrElse(
                                known -> wrongValue(known, name, value).ifPresent(failures::add),
                                () -> failures.add(
                                        unknown(name, "property of Oathbound", KnownProperties.nearProperty(name))));
            }
        });
        new TreeMap<>(variables).forEach((name, value) -> {
            if (name.startsWith(PREFIX) || name.startsWith("oathbound_") || name.startsWith("OATHBOUND_")) {
                Variable variable = new Variable(name);
                KnownProperties.variable(variable)
                        .ifPresentOrElse(
                                known -> {
                                    if (properties
                                            .getOrDefault(known.name(), "")
                                            .isEmpty()) { // else that one counts
                                        wrongValue(known, name, value).ifPresent(failures::add);
                                    }
                                },
                                () -> {
                                    Optional<String> near = IS_OF_KUBERNETES.test(value)
                                            ? Optional.empty()
                                            : KnownProperties.nearVariable(variable);
                                    (near.isPresent() ? failures : warnings)
                                            .add(unknown(name, "variable of Oathbound", near));
                                });
            }
        });
        return new ConfigurationCheck(failures, warnings);
    }

    /**
     * Nothing, where a start may go on.
     *
     * @throws IllegalStateException when there are failures; the message has them all
     */
    public void requireNoFailure() {
        if (!failures.isEmpty()) {
            throw new IllegalStateException(String.join(" ", failures));
        }
    }

    private static String unknown(String name, String what, Optional<String> near) {
        return name + " is no " + what
                + near.map(meant -> "; did you mean " + meant + "?").orElse(".");
    }

    /** An empty value is none; one with <code>${</code> is made of others by the server's configuration later. */
    private static Optional<String> wrongValue(Property known, String name, String value) {
        if (value.isEmpty() || value.contains("${") || known.kind().accepts().test(value)) {
            return Optional.empty();
        }
        String property = known.hasVariablePart() ? name : known.name();
        boolean canBeShown = value.length() <= LONGEST_SHOWN && value.chars().noneMatch(Character::isISOControl);
        return Optional.of(
                property + " must be " + known.kind().wanted() + (canBeShown ? ", not \"" + value + "\"." : "."));
    }
}
