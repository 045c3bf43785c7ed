package org.oathbound.directory;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.matchingrules.MatchingRule;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.schema.AttributeTypeDefinition;
import com.unboundid.ldap.sdk.schema.MatchingRuleDefinition;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Texts;

/**
 * An assertion about one value of an attribute, by a matching rule (RFC 4517 section 4). What makes one throws an LDAPException
 * where the assertion can't be told of any value.
 */
interface ValueTest {

    /** Whether the assertion is true of the value; an LDAPException when the rule can't read that. */
    boolean matches(ASN1OctetString value) throws LDAPException;

    /** Whether a value is the one that the filter has, approximately too: no other algorithm is here (RFC 4511 section 4.5.1.7.6). */
    static ValueTest equality(AttributeTypeDefinition type, Filter filter) throws LDAPException {
        return equality(type, equalityRule(type), filter.getRawAssertionValue());
    }

    static ValueTest substring(AttributeTypeDefinition type, Filter filter) throws LDAPException {
        MatchingRule rule = MatchingRule.selectSubstringMatchingRule(type.getOID(), Ldif.schema());
        ASN1OctetString initial = part(rule, filter.getRawSubInitialValue(), MatchingRule.SUBSTRING_TYPE_SUBINITIAL);
        ASN1OctetString last = part(rule, filter.getRawSubFinalValue(), MatchingRule.SUBSTRING_TYPE_SUBFINAL);
        ASN1OctetString[] any = filter.getRawSubAnyValues().clone();
        for (int i = 0; i < any.length; i++) {
            any[i] = part(rule, any[i], MatchingRule.SUBSTRING_TYPE_SUBANY);
        }
        return value -> rule.matchesSubstring(StringPreparation.prepared(rule, value), initial, any, last);
    }

    /** Whether a value stands in that order to the one that the filter has. */
    static ValueTest ordering(AttributeTypeDefinition type, Filter filter, IntPredicate isMeant) throws LDAPException {
        MatchingRule rule = MatchingRule.selectOrderingMatchingRule(type.getOID(), Ldif.schema());
        return ordering(rule, filter.getRawAssertionValue(), isMeant);
    }

    /**
     * By the rule that the filter names, or that of equality: a value is equal, or comes before (RFC 4517 section 4.2).
     * Rules for substrings can't be told by here.
     */
    static ValueTest extensible(AttributeTypeDefinition type, Filter filter) throws LDAPException {
        String id = filter.getMatchingRuleID();
        ASN1OctetString wanted = filter.getRawAssertionValue();
        if (id == null) {
            return equality(type, equalityRule(type), wanted);
        }
        MatchingRuleDefinition definition = Ldif.schema().getMatchingRule(id);
        if (definition == null || !Rules.fits(definition, type)) {
            throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING);
        }
        String name = definition.getNameOrOID();
        MatchingRule ordering = MatchingRule.selectOrderingMatchingRule(name);
        if (name.equalsIgnoreCase(ordering.getOrderingMatchingRuleName())) {
            return ordering(ordering, wanted, difference -> difference < 0);
        }
        MatchingRule equality = MatchingRule.selectEqualityMatchingRule(name);
        if (Rules.ALIASES.contains(name) || name.equalsIgnoreCase(equality.getEqualityMatchingRuleName())) {
            return equality(type, equality, wanted);
        }
        throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING);
    }

    private static ValueTest equality(AttributeTypeDefinition type, MatchingRule rule, ASN1OctetString assertion)
            throws LDAPException {
        if (Rules.UUID.equals(type.getBaseSyntaxOID(Ldif.schema())) && !Texts.isUuid(assertion.stringValue())) {
            throw new LDAPException(ResultCode.INVALID_ATTRIBUTE_SYNTAX);
        }
        ASN1OctetString wanted = rule.normalize(StringPreparation.prepared(rule, assertion));
        return value -> rule.normalize(StringPreparation.prepared(rule, value)).equalsIgnoreType(wanted);
    }

    private static ValueTest ordering(MatchingRule rule, ASN1OctetString assertion, IntPredicate isMeant)
            throws LDAPException {
        ASN1OctetString wanted = StringPreparation.prepared(rule, assertion);
        if (rule.compareValues(wanted, wanted) != 0) { // throws where it is no value, or the rule has no order
            throw new LDAPException(ResultCode.INAPPROPRIATE_MATCHING);
        }
        return value -> isMeant.test(rule.compareValues(StringPreparation.prepared(rule, value), wanted));
    }

    private static @Nullable ASN1OctetString part(MatchingRule rule, @Nullable ASN1OctetString part, byte kind)
            throws LDAPException {
        return part == null ? null : rule.normalizeSubstring(StringPreparation.prepared(rule, part), kind);
    }

    private static MatchingRule equalityRule(AttributeTypeDefinition type) {
        return MatchingRule.selectEqualityMatchingRule(type.getOID(), Ldif.schema());
    }

    /** What the SDK does not know of rules. */
    final class Rules {

        static final String UUID = "1.3.6.1.1.16.1";

        /** Each compares as another does, under whose name the SDK has it. */
        static final Set<String> ALIASES =
                Set.of("caseIgnoreIA5Match", "caseExactIA5Match", "objectIdentifierMatch", "uuidMatch");

        private static final String SYNTAXES = "1.3.6.1.4.1.1466.115.121.1.";

        /** Country, directory, IA5, numeric, printable string, telephone number: a rule for one can compare another. */
        private static final Set<String> STRINGS = Set.of(
                SYNTAXES + "11", SYNTAXES + "15", SYNTAXES + "26", SYNTAXES + "36", SYNTAXES + "44", SYNTAXES + "50");

        private Rules() {}

        static boolean fits(MatchingRuleDefinition rule, AttributeTypeDefinition type) {
            String ofValues = type.getBaseSyntaxOID(Ldif.schema());
            return rule.getSyntaxOID().equals(ofValues)
                    || (ofValues != null && STRINGS.contains(ofValues) && STRINGS.contains(rule.getSyntaxOID()));
        }
    }
}
