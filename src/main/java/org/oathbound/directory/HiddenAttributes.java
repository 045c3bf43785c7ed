package org.oathbound.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oathbound.problem.Problem;

/** Attributes that no client may read, at any interface, under any name, OID or option. */
public final class HiddenAttributes {

    /** Where PingDirectory keeps what we keep sealed, by its name and by its OID: ours has none, and tells of none. */
    private static final List<String> TOTP_SHARED_SECRET =
            List.of("ds-auth-totp-shared-secret", "1.3.6.1.4.1.30221.2.1.896");

    /**
     * The attributes of other directories for passwords and keys, beside {@code userPassword}; the account that we read
     * with there should not see them.
     */
    private static final List<String> PASSWORDS_ELSEWHERE = List.of(
            "authPassword",
            "unicodePwd",
            "ms-Mcs-AdmPwd",
            "msLAPS-Password",
            "sambaLMPassword",
            "sambaNTPassword",
            "ipaNTHash",
            "krbPrincipalKey");

    private static final Set<String> HIDDEN = hidden();

    private HiddenAttributes() {}

    /** Whether it is one of them, with or without options behind its name. */
    public static boolean isHidden(String attribute) {
        return HIDDEN.contains(canonical(Attribute.getBaseName(attribute)));
    }

    /** Refuses a question about one of them: {@link Problem.Forbidden}. */
    public static void refuse(String attribute) {
        refuse(attribute, HiddenAttributes::isHidden);
    }

    private static void refuse(String attribute, Predicate<String> hidden) {
        if (hidden.test(attribute)) {
            throw new Problem.Forbidden("An attribute that is never shown can't be asked about.");
        }
    }

    /** The same for a filter that asks about one, or about any (RFC 4515: an extensible match without a type). */
    public static void refuse(Filter filter) {
        refuse(filter, HiddenAttributes::isHidden);
    }

    /**
     * The same where other attributes are hidden.
     *
     * @param hidden whether an attribute is, by any of its names
     */
    public static void refuse(Filter filter, Predicate<String> hidden) {
        switch (filter.getFilterType()) {
            case Filter.FILTER_TYPE_AND, Filter.FILTER_TYPE_OR ->
                Stream.of(filter.getComponents()).forEach(component -> refuse(component, hidden));
            case Filter.FILTER_TYPE_NOT -> refuse(filter.getNOTComponent(), hidden);
            default -> {
                if (filter.getAttributeName() == null) {
                    throw new Problem.Forbidden("A match needs the name of an attribute.");
                }
                refuse(filter.getAttributeName(), hidden);
            }
        }
    }

    /** The first name of an attribute type in lower case, from any of its names or its OID. */
    public static String canonical(String attribute) {
        String trimmed = attribute.trim();
        String name = trimmed.regionMatches(true, 0, "oid.", 0, 4) ? trimmed.substring(4) : trimmed;
        AttributeTypeDefinition type = Ldif.schema().getAttributeType(name);
        return (type == null ? name : type.getNameOrOID()).toLowerCase(Locale.ROOT);
    }

    private static Set<String> hidden() {
        Set<String> hidden = List.of(
                        Schema.SECRET,
                        Schema.USER_PASSWORD,
                        Schema.SECRET_HASH,
                        Schema.FORMER_SECRET_HASH,
                        Schema.PAYLOAD,
                        Schema.FORMER,
                        Schema.FINGERPRINT,
                        Schema.KEY_CHECK)
                .stream()
                .map(HiddenAttributes::canonical)
                .collect(Collectors.toSet());
        hidden.addAll(TOTP_SHARED_SECRET);
        PASSWORDS_ELSEWHERE.forEach(name -> hidden.add(canonical(name)));
        return Set.copyOf(hidden);
    }
}
