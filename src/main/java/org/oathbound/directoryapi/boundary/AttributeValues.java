package org.oathbound.directoryapi.boundary;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.oathbound.directory.GeneralizedTime;
import org.oathbound.directory.Ldif;

/**
 * An attribute's values as JSON has them, by its syntax (RFC 4517): numbers, truth values, moments in ISO 8601, Base64 for
 * what is no text. One value where the schema allows one, otherwise a list.
 */
final class AttributeValues {

    private static final String SYNTAXES = "1.3.6.1.4.1.1466.115.121.1.";
    private static final String BOOLEAN = SYNTAXES + "7";
    private static final String TIME = SYNTAXES + "24";
    private static final String INTEGER = SYNTAXES + "27";

    /** Binary, certificates, JPEG, octet strings. */
    private static final Set<String> BYTES =
            Set.of(SYNTAXES + "5", SYNTAXES + "8", SYNTAXES + "9", SYNTAXES + "10", SYNTAXES + "28", SYNTAXES + "40");

    private AttributeValues() {}

    /** As the schema spells it. */
    static String name(Attribute attribute) {
        String base = Attribute.getBaseName(attribute.getName());
        AttributeTypeDefinition type = Ldif.schema().getAttributeType(base);
        return type == null
                ? attribute.getName()
                : type.getNameOrOID() + attribute.getName().substring(base.length());
    }

    static Object of(Attribute attribute) {
        AttributeTypeDefinition type = Ldif.schema().getAttributeType(Attribute.getBaseName(attribute.getName()));
        String syntax = type == null ? "" : String.valueOf(type.getSyntaxOID(Ldif.schema()));
        List<Object> values = BYTES.contains(syntax)
                ? Stream.of(attribute.getValueByteArrays())
                        .<Object>map(Base64.getEncoder()::encodeToString)
                        .toList()
                : Stream.of(attribute.getValues())
                        .map(value -> typed(syntax, value))
                        .toList();
        return type != null && type.isSingleValued() && values.size() == 1 ? values.getFirst() : values;
    }

    static boolean isTime(AttributeTypeDefinition type) {
        return TIME.equals(type.getSyntaxOID(Ldif.schema()));
    }

    static boolean isOperational(Attribute attribute) {
        AttributeTypeDefinition type = Ldif.schema().getAttributeType(Attribute.getBaseName(attribute.getName()));
        return type != null && type.isOperational();
    }

    private static Object truth(String value) {
        boolean isTrue = "TRUE".equalsIgnoreCase(value);
        return isTrue || "FALSE".equalsIgnoreCase(value) ? (Object) isTrue : value;
    }

    /** A value that does not fit its syntax stays a text. */
    private static Object typed(String syntax, String value) {
        try {
            return switch (syntax) {
                case INTEGER -> Long.valueOf(value);
                case BOOLEAN -> truth(value);
                case TIME -> GeneralizedTime.parse(value);
                default -> value;
            };
        } catch (RuntimeException e) {
            return value;
        }
    }
}
