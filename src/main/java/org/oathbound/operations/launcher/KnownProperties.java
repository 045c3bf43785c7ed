package org.oathbound.operations.launcher;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All properties that there are, and all environment variables. A test holds them against the documentation and against the
 * places of use.
 */
final class KnownProperties {

    static final String UUID = "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";

    private static final int NEAR = 2;

    /** The properties that an administrator sets. {@code {id}} is a UUID, {@code {name}} any text. */
    static final List<Property> DOCUMENTED = documented();

    /** The properties that our own scripts set. */
    static final List<Property> INTERNAL = List.of(new Property("oathbound.commands", ValueKind.BOOLEAN));

    /** Variables that only commands and {@code bin/oathbound} read. */
    private static final List<String> OF_COMMANDS = List.of(
            "OATHBOUND_JAVA_OPTS",
            "OATHBOUND_URL",
            "OATHBOUND_CREDENTIALS",
            "OATHBOUND_CACERT",
            "OATHBOUND_TICKET",
            "OATHBOUND_ENVIRONMENT_ID",
            "OATHBOUND_CLIENT_ID",
            "OATHBOUND_CLIENT_SECRET",
            "OATHBOUND_LDAP_PASSWORD",
            "OATHBOUND_FILE_KEY",
            "OATHBOUND_FILE_PASSWORD",
            "OATHBOUND_SOURCE_API_URL",
            "OATHBOUND_SOURCE_AUTH_URL",
            "OATHBOUND_SOURCE_ENVIRONMENT_ID",
            "OATHBOUND_SOURCE_CLIENT_ID",
            "OATHBOUND_SOURCE_CLIENT_SECRET");

    /** Variables that stand for no property: Payara Micro's addresses, and what commands read. */
    static final List<Property> VARIABLES_ONLY = variablesOnly();

    private static final List<Name> PROPERTIES = Stream.concat(DOCUMENTED.stream(), INTERNAL.stream())
            .map(property -> Name.of(property, property.name(), UUID))
            .toList();
    private static final List<Name> VARIABLES = Stream.concat(DOCUMENTED.stream(), VARIABLES_ONLY.stream())
            .map(property -> Name.of(property, variable(property.name()), UUID.replace('-', '_')))
            .toList();

    private KnownProperties() {}

    /** The known property with a name. */
    static Optional<Property> property(String name) {
        return find(PROPERTIES, name);
    }

    /** The known property of an environment variable. */
    static Optional<Property> variable(Variable variable) {
        return find(VARIABLES, variable.name());
    }

    /** The known name that an unknown one is likely to be meant for: at most two characters are other ones. */
    static Optional<String> nearProperty(String name) {
        return nearest(PROPERTIES, name);
    }

    /** The same for a variable, among those that the service itself reads. */
    static Optional<String> nearVariable(Variable variable) {
        return nearest(
                VARIABLES.stream()
                        .filter(known -> !OF_COMMANDS.contains(known.property().name()))
                        .toList(),
                variable.name());
    }

    private static List<Property> documented() {
        List<Property> all = new ArrayList<>();
        ValueKind perTime = ValueKind.number(0, Integer.MAX_VALUE);
        all.add(new Property("oathbound.data-dir", ValueKind.TEXT));
        all.add(new Property("oathbound.keys.file", ValueKind.TEXT));
        all.add(new Property("oathbound.keys.value", ValueKind.SECRET));
        all.add(new Property("oathbound.keys.command", ValueKind.SECRET));
        all.add(new Property("oathbound.keys.publish-before", ValueKind.DURATION));
        all.add(new Property("oathbound.journal.sync", ValueKind.BOOLEAN));
        all.add(new Property("oathbound.snapshots.after", ValueKind.number(0, Long.MAX_VALUE)));
        all.add(new Property("oathbound.snapshots.keep", ValueKind.number(0, Integer.MAX_VALUE)));
        all.add(new Property("oathbound.snapshots.keep-for", ValueKind.DURATION));
        all.add(new Property("oathbound.base-dn", ValueKind.TEXT));
        all.add(new Property("oathbound.public-url", ValueKind.BASE_URL));
        all.add(new Property("oathbound.trusted-proxies", ValueKind.NETWORKS));
        all.add(new Property("oathbound.issuer-url", ValueKind.BASE_URL));
        all.add(new Property("oathbound.ldap.port", ValueKind.PORT));
        all.add(new Property("oathbound.ldap.address", ValueKind.ADDRESS));
        all.add(new Property("oathbound.ldap.idle-timeout", ValueKind.DURATION));
        all.add(new Property("oathbound.ldap.request-timeout", ValueKind.DURATION));
        all.add(new Property("oathbound.tls.certificate", ValueKind.TEXT));
        all.add(new Property("oathbound.tls.key", ValueKind.TEXT));
        all.add(new Property("oathbound.https.port", ValueKind.PORT));
        all.add(new Property("oathbound.ldaps.port", ValueKind.PORT));
        all.add(new Property("oathbound.ldaps.address", ValueKind.ADDRESS));
        all.add(new Property("oathbound.log.server", ValueKind.TEXT)); // Console says what it may be
        all.add(new Property("oathbound.audit.max-file-mib", ValueKind.number(1, 512)));
        all.add(new Property("oathbound.audit.max-total-mib", ValueKind.number(0, Integer.MAX_VALUE)));
        all.add(new Property("oathbound.audit.keep-for", ValueKind.DURATION));
        all.add(new Property("oathbound.disk.warn-below-mib", ValueKind.number(0, Integer.MAX_VALUE)));
        all.add(new Property("oathbound.jobs.keep-for", ValueKind.DURATION));
        all.add(new Property("oathbound.demo", ValueKind.BOOLEAN));
        all.add(new Property("oathbound.limits.address", perTime));
        all.add(new Property("oathbound.limits.application", perTime));
        all.add(new Property("oathbound.limits.token-requests", perTime));
        all.add(new Property("oathbound.limits.wrong-secrets", perTime));
        all.add(new Property("oathbound.bootstrap.environment-id", ValueKind.UUID));
        all.add(new Property("oathbound.bootstrap.client-id", ValueKind.UUID));
        all.add(new Property("oathbound.bootstrap.client-secret", ValueKind.SECRET));
        all.add(new Property("oathbound.bootstrap.ldap-password", ValueKind.SECRET));
        for (String prefix : List.of("oathbound.people.", "oathbound.people.{id}.")) {
            all.add(new Property(prefix + "url", ValueKind.TEXT));
            all.add(new Property(prefix + "bind-dn", ValueKind.TEXT));
            all.add(new Property(prefix + "password", ValueKind.SECRET));
            all.add(new Property(prefix + "base-dn", ValueKind.TEXT));
            all.add(new Property(prefix + "filter", ValueKind.TEXT));
            all.add(new Property(prefix + "username-attribute", ValueKind.TEXT));
            all.add(new Property(prefix + "id-attribute", ValueKind.TEXT));
            all.add(new Property(prefix + "shown-attributes", ValueKind.TEXT));
            all.add(new Property(prefix + "ca-certificate", ValueKind.TEXT));
        }
        all.add(new Property("oathbound.foreign-issuers", ValueKind.TEXT));
        String issuer = "oathbound.foreign-issuer.{name}.";
        all.add(new Property(issuer + "issuer", ValueKind.TEXT));
        all.add(new Property(issuer + "jwks-url", ValueKind.URL));
        all.add(new Property(issuer + "audience", ValueKind.TEXT));
        all.add(new Property(issuer + "environment", ValueKind.UUID));
        all.add(new Property(issuer + "roles-claim", ValueKind.TEXT));
        for (String role : List.of(
                "environment-admin",
                "identity-data-admin",
                "identity-data-read-only",
                "configuration-read-only",
                "authenticator",
                "help-desk",
                "token-manager",
                "auditor",
                "backup")) {
            all.add(new Property(issuer + role, ValueKind.TEXT));
        }
        return List.copyOf(all);
    }

    private static List<Property> variablesOnly() {
        return Stream.concat(
                        Stream.of("OATHBOUND_HTTP_ADDRESS", "OATHBOUND_HTTPS_ADDRESS")
                                .map(name -> new Property(name, ValueKind.ADDRESS)),
                        OF_COMMANDS.stream().map(name -> new Property(name, ValueKind.SECRET)))
                .toList();
    }

    private static Optional<Property> find(List<Name> names, String text) {
        return names.stream().filter(name -> name.matches(text)).findFirst().map(Name::property);
    }

    private static Optional<String> nearest(List<Name> names, String text) {
        return names.stream()
                .flatMap(name -> name.candidates(text))
                .filter(candidate -> distance(candidate, text) <= NEAR)
                .min(Comparator.comparingInt(candidate -> distance(candidate, text)));
    }

    /** {@code oathbound.ldap.port} is {@code OATHBOUND_LDAP_PORT}; what stands in braces stays as it is. */
    private static String variable(String property) {
        return Pattern.compile("[^A-Za-z0-9{}]")
                .matcher(property)
                .replaceAll("_")
                .toUpperCase(Locale.ROOT)
                .replace("{ID}", "{id}")
                .replace("{NAME}", "{name}");
    }

    /** How many characters are to be put in, taken out or replaced until one text is the other (Levenshtein). */
    static int distance(String one, String other) {
        int[] before = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }

    /** A property, or a variable that stands for none. */
    record Property(String name, ValueKind kind) {

        boolean hasVariablePart() {
            return name.contains("{");
        }
    }

    /** An environment variable's name, in the spelling that all of its spellings have in common. */
    record Variable(String name) {

        Variable {
            name = name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }

    /** How a property is spelt: as such or as a variable. The part between start and end is a pattern, if there is one. */
    private record Name(Property property, String start, String part, String end) {

        static Name of(Property property, String spelt, String uuid) {
            int open = spelt.indexOf('{');
            if (open < 0) {
                return new Name(property, spelt, "", "");
            }
            String part = spelt.contains("{id}") ? uuid : ".+";
            return new Name(property, spelt.substring(0, open), part, spelt.substring(spelt.indexOf('}') + 1));
        }

        boolean matches(String text) {
            return text.length() >= start.length() + end.length() && text.endsWith(end) && begins(withoutEnd(text, 0));
        }

        /** What a text could be meant for: the name, with the text's own variable part. */
        Stream<String> candidates(String text) {
            if (part.isEmpty()) {
                return Stream.of(start);
            }
            return IntStream.rangeClosed(-NEAR, NEAR)
                    .filter(more -> text.length() > end.length() + more)
                    .mapToObj(more -> withoutEnd(text, more))
                    .filter(this::begins)
                    .map(head -> head + end);
        }

        private String withoutEnd(String text, int more) {
            return text.substring(0, text.length() - end.length() - more);
        }

        private boolean begins(String head) {
            return head.matches(Pattern.quote(start) + part);
        }
    }
}
