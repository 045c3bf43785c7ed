package org.oathbound.ldap.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;

public class NormalizedNamesFuzz {

    /** Made by the first input: what is loaded before, for the seeds, can't be instrumented any more. */
    static final class Parts {
        static final DN SUFFIX = new DN(new RDN("dc", "com"));
        static final WriteRules RULES = new WriteRules(SUFFIX);
    }

    public static Stream<byte[]> seeds() {
        return Fuzz.seeds(
                "uid=jdoe,ou=People,dc=example,dc=com",
                "cn=a\\,b+sn=\\41\\ff,oid.2.5.4.11=#0401,DC=x",
                "2.5.4.3=\\\"x\\\"");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        String text = Fuzz.text(input);
        NormalizedNames.canonical(text);
        NormalizedNames.canonicalClass(text);
        try {
            DN dn = NormalizedNames.dn(text);
            NormalizedNames.peopleAbove(dn, Parts.SUFFIX);
            Parts.RULES.checkAdd(dn, List.of());
        } catch (LDAPException refused) {
            Fuzz.check(refused.getResultCode().intValue() != 80, "a name is the client's fault, or none");
        }
    }
}
