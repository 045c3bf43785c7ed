package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.DistinguishedNameMatchingRule;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.matchingrules.OctetStringMatchingRule;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.StaticUtils;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.stream.Stream;

/**
 * Values and names in the one Unicode form in which LDAP compares them, NFKC (RFC 4518 section 2.3). The SDK's matching rules
 * compare as they are given: {@code ë} as one character and as two, as a Mac sends it, are different there.
 */
public final class StringPreparation {

    private StringPreparation() {}

    /**
     * A value as a matching rule is to be given it.
     *
     * @throws LDAPException when the rule compares names, and it is none
     */
    static ASN1OctetString prepared(MatchingRule rule, ASN1OctetString value) throws LDAPException {
        byte[] bytes = value.getValue();
        if (StaticUtils.isASCIIString(bytes)
                || rule instanceof OctetStringMatchingRule
                || !StaticUtils.isValidUTF8(bytes)) {
            return value;
        }
        return new ASN1OctetString(
                rule instanceof DistinguishedNameMatchingRule
                        ? prepared(new DN(value.stringValue(), Ldif.schema())).toString()
                        : prepared(value.stringValue()));
    }

    /** Each value of the name: in the text of a whole one, a character could become one that separates. */
    public static DN prepared(DN name) {
        return isPrepared(name)
                ? name
                : new DN(Stream.of(name.getRDNs())
                        .map(StringPreparation::prepared)
                        .toArray(RDN[]::new));
    }

    /** The same of a part of it. */
    public static RDN prepared(RDN name) {
        return isPrepared(name)
                ? name
                : new RDN(
                        name.getAttributeNames(),
                        Stream.of(name.getAttributeValues())
                                .map(StringPreparation::prepared)
                                .toArray(String[]::new),
                        Ldif.schema());
    }

    private static String prepared(String text) {
        return Normalizer.normalize(text, Form.NFKC);
    }

    private static boolean isPrepared(DN name) {
        return Stream.of(name.getRDNs()).allMatch(StringPreparation::isPrepared);
    }

    private static boolean isPrepared(RDN name) {
        return Stream.of(name.getAttributeValues()).allMatch(value -> Normalizer.isNormalized(value, Form.NFKC));
    }
}
