package org.oathbound.ldap.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.unboundid.asn1.ASN1StreamReader;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Fuzz;
import org.oathbound.FuzzDuration;
import org.oathbound.directory.HiddenAttributes;

/** Filters as they come, in BER; their text is read nowhere. */
public class LdapFilterFuzz {

    public static Stream<byte[]> seeds() {
        return Stream.of(
                        Filter.createANDFilter(
                                Filter.createSubstringFilter("uid", "j", new String[] {"x"}, "d"),
                                Filter.createORFilter(
                                        Filter.createApproximateMatchFilter("cn", "x"),
                                        Filter.createNOTFilter(Filter.createGreaterOrEqualFilter("sn", "*")))),
                        Filter.createExtensibleMatchFilter("cn", "2.5.13.5", true, "x"),
                        Filter.createExtensibleMatchFilter(null, "caseIgnoreMatch", false, "x"),
                        Filter.createEqualityFilter("userPassword;lang-de", "x"))
                .map(filter -> filter.encode().encode());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = FuzzDuration.EACH)
    public void anyInput(byte[] input) {
        try (ASN1StreamReader reader = new ASN1StreamReader(new LdapMessageFuzz.Received(input), input.length)) {
            Filter filter = Filter.readFrom(reader);
            Searches.checkSize(filter);
            Fuzz.refusedAtMost(() -> HiddenAttributes.refuse(filter));
        } catch (LDAPException refused) {
            Fuzz.check(refused.getMessage() != null, "a refusal says why");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
